using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>What a rule says of wrong code, word by word, and of which piece.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Text">The whole message.</param>
/// <param name="Source">The code, with <c>[|</c> and <c>|]</c> around what is wrong.</param>
/// <param name="Language">The language of the project.</param>
/// <param name="Library">The code of a library that the project refers to; empty if there is none.</param>
public sealed record Sentence(string Id, string Text, string Source, LanguageVersion Language = LanguageVersion.CSharp14, string Library = "")
{
    /// <summary>A controller with these members.</summary>
    public static Sentence OfMembers(string id, string text, string members) => new(id, text, $"[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    {members}\n}}");

    /// <summary>A controller with these members, beside a handler of text.</summary>
    public static Sentence Beside(string id, string text, string members) => OfMembers(id, text, $"[OnMessage] string Echo(string message) => message;\n    {members}");

    /// <summary>A controller that echoes, with these arguments of its attribute.</summary>
    public static Sentence OfArguments(string id, string text, string arguments) =>
        new(id, text, $"[WebSocketController({arguments})]\npublic sealed partial class A\n{{\n    [OnMessage] string Echo(string message) => message;\n}}");

    /// <summary>Demands that the code raises that alone, and that the compiler finds no error.</summary>
    public async Task Check()
    {
        var source = MarkedSource.Parse(Source);
        var project = UserProject.Compile(source.Text).WithLanguage(Language).WithOptions(UserProject.OptionsOf([source.Text]));
        var run = GeneratorRun.Of(Library.Length > 0 ? project.AddReferences(UserLibrary.Reference(Library)) : project);

        var diagnostics = await KraitAnalyzers.Analyze(run.Output, Id);

        Assert.Equal([(Id, Text)], diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null))));
        var wrong = diagnostics[0].Location.SourceSpan;
        Assert.Equal(Source, source.Text.Insert(wrong.End, "|]").Insert(wrong.Start, "[|"));
        if (Language == LanguageVersion.CSharp14)
            await FixLaw.Check(Id, source.Text);
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
