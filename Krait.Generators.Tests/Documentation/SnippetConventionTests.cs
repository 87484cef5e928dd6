namespace Krait.Generators.Tests.Documentation;

/// <summary>The snippet tests would fail where they should.</summary>
public sealed class SnippetConventionTests
{
    private const string Fence = "```";

    private const string Controller = """
        [WebSocketController("/echo")]
        public sealed partial class Echo
        {
            [OnMessage]
            string Reply(string message) => message;
        }
        """;

    [Fact]
    public async Task A_right_snippet_has_nothing_against_it() => Assert.Empty(await Complain(Block("", Controller)));

    [Fact]
    public async Task A_compiler_error_is_told_by_its_place_in_the_page() =>
        Assert.StartsWith("page.md(7,42): error CS0029", Assert.Single(await Complain(Block("", Controller.Replace("=> message", "=>      1", StringComparison.Ordinal)))), StringComparison.Ordinal);

    [Fact]
    public async Task A_complaint_of_Krait_is_told() =>
        Assert.Contains("KRAIT001", Assert.Single(await Complain(Block("", Controller.Replace("partial ", "", StringComparison.Ordinal)))), StringComparison.Ordinal);

    [Fact]
    public async Task A_snippet_that_raises_what_it_says_is_right() =>
        Assert.Empty(await Complain(Block("raises KRAIT001", Controller.Replace("partial ", "", StringComparison.Ordinal))));

    [Fact]
    public async Task A_snippet_that_does_not_raise_what_it_says_is_wrong() =>
        Assert.Equal(["page.md(3): KRAIT001 is not raised"], await Complain(Block("raises KRAIT001", Controller)));

    [Fact]
    public async Task A_snippet_that_stands_alone_does_not_see_the_one_before() =>
        Assert.NotEmpty(await Complain(Block("", "public record Say(string Text);") + Block("", "public record Said(Say Say);")));

    [Fact]
    public async Task A_snippet_that_continues_sees_all_before() => Assert.Empty(await Complain(
        Block("", "public record Say(string Text);") + Block("continues", "public record Said(Say Say);") + Block("continues", "public record Saids(Said One, Say Other);")));

    [Fact]
    public async Task Statements_have_the_builder_and_the_application() => Assert.Empty(await Complain(
        Block("", Controller) + Block("continues statements", "builder.Services.AddKrait();") + Block("continues statements", "app.MapWebSocketControllers();\napp.Run();")));

    [Fact]
    public async Task Members_stand_in_a_controller() => Assert.Empty(await Complain(Block("members", "[OnMessage] string Reply(string message) => message;")));

    [Theory]
    [InlineData("a\nb\nc", true)]
    [InlineData("b", true)]
    [InlineData("  b\n\nc", true)]
    [InlineData("a\n// ...\nc", true)]
    [InlineData("a\nc", false)]
    [InlineData("c\n// ...\na", false)]
    [InlineData("", false)]
    public void What_is_shown_is_found_in_what_is_generated(string shown, bool expected) => Assert.Equal(expected, SnippetProject.Contains("a\n  b\nc", shown));

    private static string Block(string conventions, string code) => $"<!-- snippet: {conventions} -->\n{Fence}csharp\n{code}\n{Fence}\n";

    private static Task<IReadOnlyList<string>> Complain(string page) => SnippetProject.Complaints(Snippet.Find("page.md", page.Split('\n'))[^1]);
}
