using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Harness;

/// <summary>Generated code compiles without a warning in any project, however strict.</summary>
internal static class CompilationLaw
{
    /// <summary>Demands that the output has no error, and no warning but those of the test's own undocumented types.</summary>
    /// <remarks>In a strict project the compiler says nothing about Krait's files.</remarks>
    public static void Check(GeneratorRun run)
    {
        var complaints = Complaints(run).Where(diagnostic => diagnostic.Id != "CS1591" || run.IsGenerated(diagnostic.Location.SourceTree));
        Assert.Empty(complaints.Select(diagnostic => diagnostic.ToString()));
        CheckGenerated(GeneratorRun.Of(StrictProject.Of(run.Input)));
    }

    /// <summary>Demands that the compiler says nothing about Krait's files, whatever it says about those of the user.</summary>
    public static void CheckGenerated(GeneratorRun run)
    {
        var own = run.Krait.GeneratedSources.Select(source => source.SyntaxTree).ToHashSet();
        Assert.Empty(Complaints(run).Where(diagnostic => diagnostic.Location.SourceTree is { } tree && own.Contains(tree))
            .Select(diagnostic => $"{diagnostic}\nin\n{diagnostic.Location.SourceTree}"));
    }

    private static IEnumerable<Diagnostic> Complaints(GeneratorRun run) =>
        run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
}
