using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Every rule has a page, and what the page shows is so.</summary>
[Trait("Category", "Slow")]
public sealed class RulePageTests
{
    public static TheoryData<string> Ids => [.. RulePage.Ids];

    public static TheoryData<string> Fixable => [.. CodeFixTest.All.SelectMany(fix => fix.FixableDiagnosticIds).Intersect(RulePage.Ids)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_says_why_and_what_to_do(string id)
    {
        var page = RulePage.Read(id);

        Assert.Equal($"# {id}: {Rules.All.Single(rule => rule.Id == id).Title}", page.Lines[0], ignoreCase: true);
        Assert.Equal(RulePage.Headings, page.Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.EndsWith($"/docs/diagnostics/{id}.md", Rules.All.Single(rule => rule.Id == id).HelpLinkUri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_belongs_to_a_rule() => Assert.Equal(
        RulePage.Ids.Order(StringComparer.Ordinal),
        Directory.GetFiles(RulePage.Directory, "KRAIT*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_raises_the_rule_and_nothing_else(string id)
    {
        var bad = RulePage.Read(id).Bad;
        var run = GeneratorRun.Of(SnippetProject.Compile(bad));

        Assert.Equal([id], (await KraitAnalyzers.Analyze(run.Output, id)).Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Empty(Errors(run));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_good_example_raises_nothing(string id)
    {
        var run = GeneratorRun.Of(SnippetProject.Compile(RulePage.Read(id).Good));

        Assert.Empty((await KraitAnalyzers.Analyze(run.Output, id)).Select(diagnostic => diagnostic.ToString()));
        Assert.Empty(Errors(run));
    }

    [Theory]
    [MemberData(nameof(Fixable))]
    public async Task The_fix_turns_the_bad_example_into_a_good_one(string id)
    {
        var bad = RulePage.Read(id).Bad;
        var fix = CodeFixTest.All.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        var compilation = SnippetProject.Compile(bad);
        var usings = compilation.SyntaxTrees.Single(tree => tree.ToString() == UserProject.ImplicitUsings);
        var test = new CodeFixTest(fix, compilation.Options, [.. compilation.RemoveSyntaxTrees(usings).SyntaxTrees.Select(tree => tree.ToString())]).Referring(compilation.References);

        await test.FixAll();

        Assert.Empty(await test.Complaints());
    }

    private static IEnumerable<string> Errors(GeneratorRun run) =>
        run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
}
