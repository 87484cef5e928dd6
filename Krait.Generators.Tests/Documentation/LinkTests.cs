using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Links of the documentation lead to files and headings that exist.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_within_the_repository_leads_to_something() => Assert.Empty(MarkdownPage.All.SelectMany(Broken));

    [Fact]
    public void The_documentation_has_links_to_check() =>
        Assert.All(["README.md", "docs/tutorial.md"], path => Assert.NotEmpty(MarkdownPage.Read(path).Links));

    [Theory]
    [InlineData("[to a file](rooms.md)")]
    [InlineData("[to a folder](../samples/Chat)")]
    [InlineData("[to a heading](#here-and-there)")]
    [InlineData("[to the second of two](#here-and-there-1)")]
    [InlineData("[to a heading elsewhere](../README.md#should-you-use-it)")]
    [InlineData("[to the web](https://example.org/missing.md#nowhere)")]
    [InlineData("`[as code](missing.md)`")]
    [InlineData("```\n[in a block](missing.md)\n```")]
    public void A_right_link_is_not_reported(string link) => Assert.Empty(Broken(Page(link)));

    [Theory]
    [InlineData("[to a file](missing.md)", "missing.md")]
    [InlineData("[of another case](Rooms.md)", "Rooms.md")]
    [InlineData("![a picture](pictures/missing.png)", "pictures/missing.png")]
    [InlineData("<img src=\"pictures/missing.png\">", "pictures/missing.png")]
    [InlineData("[to a heading](#nowhere)", "#nowhere")]
    [InlineData("[to a heading elsewhere](../README.md#nowhere)", "../README.md#nowhere")]
    [InlineData("[`with code`](missing.md)", "missing.md")]
    public void A_wrong_link_is_reported_with_its_place(string link, string target) =>
        Assert.Equal([$"docs/page.md(6): {target}"], Broken(Page(link)));

    [Theory]
    [InlineData("## Try it: the chat on three servers", "try-it-the-chat-on-three-servers")]
    [InlineData("### `[OnOpen]` and [rooms](rooms.md)", "onopen-and-rooms")]
    [InlineData("# Native AOT / trimming", "native-aot--trimming")]
    public void A_heading_has_the_anchor_of_its_words(string heading, string anchor) => Assert.Equal(anchor, MarkdownPage.Anchor(heading));

    private static MarkdownPage Page(string link) => new("docs/page.md", $"# Page\n\n## Here and there\n## Here and there\n\n{link}");

    private static IEnumerable<string> Broken(MarkdownPage page) =>
        from link in page.Links
        where !Leads(page, link.Target)
        select $"{page.Path}({link.Line}): {link.Target}";

    private static bool Leads(MarkdownPage page, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? page.Path : Relative(page, path);
        return anchor is null ? Exists(file)
            : file == page.Path ? page.Anchors.Contains(anchor)
            : Exists(file) && MarkdownPage.Read(file).Anchors.Contains(anchor);
    }

    private static string Relative(MarkdownPage page, string path) =>
        Path.GetRelativePath(TestProject.Repository, Path.Combine(TestProject.Repository, Path.GetDirectoryName(page.Path)!, path)).Replace('\\', '/');

    private static bool Exists(string path) => Path.Exists(Path.Combine(TestProject.Repository, path));
}
