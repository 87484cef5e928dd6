using Krait.Generators.Tests.Documentation.Tutorials;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Compiles every block of C# in the pages of the documentation. <see cref="TutorialTests"/> compiles those of the tutorials.</summary>
/// <remarks>
/// <para>
/// A block that begins with <c>```csharp</c> is compiled as a file of a web project that has Krait: with the implicit usings of Microsoft.NET.Sdk.Web and
/// <c>using Krait;</c>. It must compile, and Krait must neither warn nor complain. An HTML comment before it, such as <c>&lt;!-- snippet: continues statements --&gt;</c>,
/// says how it differs:
/// </para>
/// <list type="table">
/// <item><term>continues</term><description>It is a further file next to the block before it, and next to the blocks that this one continues.</description></item>
/// <item><term>continued</term><description>It needs the block that continues it, and is compiled with that.</description></item>
/// <item><term>statements</term><description>It is, or adds to, Program.cs. Where it does not declare <c>builder</c>, that and <c>app</c> are there.</description></item>
/// <item><term>members</term><description>It is in a controller that is not shown.</description></item>
/// <item><term>raises KRAITnnn</term><description>It is wrong: it raises exactly this id.</description></item>
/// <item><term>library</term><description>It is a library to which the blocks that continue it refer.</description></item>
/// <item><term>csharp13</term><description>It is in a project that compiles as C# 13.</description></item>
/// <item><term>generated</term><description>It is what the generator writes for the block before it, or parts of that in the same order, with a line <c>// ...</c> between parts.
/// Indentation, doc comments and [GeneratedCode] do not count.</description></item>
/// <item><term>fragment</term><description>It cannot be compiled. Better avoided.</description></item>
/// </list>
/// </remarks>
public sealed class SnippetTests
{
    private static readonly IReadOnlyList<Snippet> All =
    [
        .. from page in MarkdownPage.All
           where !Tutorial.Pages.Contains(page.Path)
           from snippet in Snippet.Find(page.Path, page.Text.Split('\n'))
           select snippet,
    ];

    public static TheoryData<string, int> Compiled => new(All.Where(snippet => !snippet.Is("generated") && !snippet.Is("continued") && !snippet.Is("fragment")).Select(snippet => (snippet.Page, snippet.Line)));

    public static TheoryData<string, int> Generated => new(All.Where(snippet => snippet.Is("generated")).Select(snippet => (snippet.Page, snippet.Line)));

    [Theory]
    [MemberData(nameof(Compiled))]
    public async Task A_snippet_compiles_as_it_is(string page, int line)
    {
        var snippet = Find(page, line);

        Assert.Empty(await SnippetProject.Complaints(snippet));
    }

    [Theory]
    [MemberData(nameof(Generated))]
    public void What_is_shown_as_generated_is_generated(string page, int line)
    {
        var snippet = Find(page, line);
        var generated = SnippetProject.Generate(snippet);

        Assert.True(
            generated.Any(text => SnippetProject.Contains(text, snippet.Code)),
            $"No file that is generated for the block before contains this:\n\n{string.Join("\n\n", generated)}");
    }

    [Fact]
    public void The_generated_code_of_the_controller_in_the_readme_is_on_a_page() =>
        Assert.Equal(Readme.Controller, Assert.Single(All, snippet => snippet.Page == "docs/generated-code.md" && snippet.Is("generated")).Continues.Single().Code);

    [Fact]
    public void Every_convention_is_known() =>
        Assert.All(All.SelectMany(snippet => snippet.Conventions), word => Assert.True(
            word is "continues" or "continued" or "statements" or "members" or "raises" or "generated" or "fragment" or "library" or "csharp13" || word.StartsWith("KRAIT", StringComparison.Ordinal), word));

    [Fact]
    public void What_is_to_be_continued_is_continued() => Assert.All(
        All.Where(snippet => snippet.Is("continued")),
        unfinished => Assert.Contains(All, snippet => snippet.Continues.Contains(unfinished) && !snippet.Is("continued")));

    private static Snippet Find(string page, int line) => All.Single(snippet => snippet.Page == page && snippet.Line == line);
}
