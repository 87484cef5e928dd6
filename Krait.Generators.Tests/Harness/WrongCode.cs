using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>Holds Krait to one clear complaint about wrong code: the right id, on the smallest piece that is wrong, and no noise from the compiler beside it.</summary>
internal static class WrongCode
{
    /// <summary>Demands that a source raises one id, once at each mark, and nothing else.</summary>
    /// <param name="id">The id.</param>
    /// <param name="marked">The source, with <c>[|</c> and <c>|]</c> around what is wrong.</param>
    /// <param name="compilerErrors">What the compiler itself says of such code, with or without Krait.</param>
    public static Task Raises(string id, string marked, params string[] compilerErrors) => Raises(id, marked, LanguageVersion.CSharp14, compilerErrors);

    /// <inheritdoc cref="Raises(string, string, string[])"/>
    public static async Task Raises(string id, string marked, LanguageVersion language, params string[] compilerErrors)
    {
        var source = MarkedSource.Parse(marked);
        var run = GeneratorRun.Of(UserProject.Compile(source.Text).WithLanguage(language));
        var diagnostics = await KraitAnalyzers.Analyze(run.Output, id);

        Assert.NotEmpty(source.Spans);
        Assert.Equal(
            source.Spans.Select(span => $"{id} on {source.Text.Substring(span.Start, span.Length)} at {span}"),
            diagnostics.Select(diagnostic => $"{diagnostic.Id} on {TextOf(diagnostic)} at {diagnostic.Location.SourceSpan}"));
        RefusalLaw.Check(run, diagnostics);
        if (language == LanguageVersion.CSharp14)
            await FixLaw.Check(id, source.Text);
        CachingLaw.Check(run);
        ModelLaw.Check(run);
        Assert.Equal(
            compilerErrors.Order(StringComparer.Ordinal),
            CompilerErrors(run).Select(diagnostic => compilerErrors.Contains(diagnostic.Id) ? diagnostic.Id : diagnostic.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>Demands that a source raises nothing, neither from Krait nor as an error of the compiler.</summary>
    /// <param name="source">The source.</param>
    /// <param name="about">The rule that the test is about; see <see cref="KraitAnalyzers.Analyze"/>.</param>
    public static async Task RaisesNothing(string source, string? about = null)
    {
        var run = GeneratorRun.Of(source);
        Assert.Empty((await KraitAnalyzers.Analyze(run.Output, about)).Concat(CompilerErrors(run)).Select(diagnostic => diagnostic.ToString()));
    }

    private static IEnumerable<Diagnostic> CompilerErrors(GeneratorRun run) =>
        run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static string TextOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length) ?? "nothing";
}
