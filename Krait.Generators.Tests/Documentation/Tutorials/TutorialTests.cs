using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>Follows both tutorials block by block: builds after every step, runs it, and talks to it as the text says.</summary>
/// <remarks>The step "tutorials" of .ci/run does the same with <c>dotnet new web</c>, the package, and Chromium.</remarks>
[Trait("Category", "Slow")]
public sealed class TutorialTests
{
    private static readonly Dictionary<string, Tutorial> s_tutorials = new()
    {
        ["first"] = Tutorial.First,
        ["messages"] = Tutorial.Messages,
        ["messages without the first"] = Tutorial.MessagesOnly,
    };

    public static TheoryData<string, string> Steps => new(s_tutorials.SelectMany(tutorial => tutorial.Value.Steps.Select(step => (tutorial.Key, step.Title))));

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_compiles_without_a_warning(string tutorial, string title)
    {
        var step = Find(tutorial, title);
        IEnumerable<CSharpCompilation> programs = [step.Project, .. step.Scripts];

        foreach (var program in programs)
            Assert.Empty(await Warnings(program));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_runs_and_shows_what_the_text_says(string tutorial, string title)
    {
        var step = Find(tutorial, title);
        var conversations = tutorial == "first" ? FirstTutorialConversations.All : MessagesTutorialConversations.All;
        await using var server = await TutorialServer.Start(step);
        using var http = new HttpClient { BaseAddress = server.Url };

        Assert.Equal(step.Files["wwwroot/index.html"], await http.GetStringAsync("/", TestContext.Current.CancellationToken));
        await conversations[title](step, server);
    }

    [Fact]
    public async Task A_controller_that_is_not_partial_raises_the_rule_that_the_text_names() =>
        Assert.Equal(["KRAIT001"], await Rules(Tutorial.First.Steps[0].With("DiceController.cs", "partial ", "")));

    [Fact]
    public async Task A_handler_of_a_second_type_raises_the_rule_that_the_text_names() =>
        Assert.Equal(["KRAIT076"], await Rules(Tutorial.First.Steps[^1].With(
            "DiceController.cs",
            "    [OnMessage]\n",
            "    [OnMessage]\n    void Tell(Rolled message) => Console.WriteLine(message);\n\n    [OnMessage]\n")));

    [Fact]
    public async Task A_handler_that_is_left_out_raises_a_warning_that_names_its_type()
    {
        var diagnostics = await KraitAnalyzers.Analyze(GeneratorRun.Of(Tutorial.Messages.Steps[0].With(
            "DiceController.cs", "[OnMessage]\n    void Tell", "void Tell")).Output);

        var warning = Assert.Single(diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning);
        Assert.Contains("Say", warning.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static TutorialStep Find(string tutorial, string title) => s_tutorials[tutorial].Steps.Single(step => step.Title == title);

    /// <summary>The warnings and errors of the compiler and of Krait.</summary>
    private static async Task<IEnumerable<Diagnostic>> Warnings(CSharpCompilation project)
    {
        var output = GeneratorRun.Of(project).Output;
        return output.GetDiagnostics(TestContext.Current.CancellationToken).Concat(await KraitAnalyzers.Analyze(output))
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>The rules of Krait that a project breaks.</summary>
    private static async Task<IEnumerable<string>> Rules(CSharpCompilation project) =>
        (await KraitAnalyzers.Analyze(GeneratorRun.Of(project).Output))
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.Id).Distinct();
}
