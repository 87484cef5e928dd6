using System.Globalization;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The pages use plain words: see <see cref="PlainWords"/>.</summary>
public sealed class WordsTests
{
    public static TheoryData<string> Pages => [.. MarkdownPage.All.Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_uses_plain_words(string page) =>
        Assert.Empty(
            from found in PlainWords.Find(PlainWords.ProseOf(MarkdownPage.Read(page).Text))
            select string.Create(CultureInfo.InvariantCulture, $"{page}({found.Line}): {found.Words}"));

    [Theory]
    [InlineData("What is refused says why.", "What")]
    [InlineData("It works. Whoever wants more asks.", "Whoever")]
    [InlineData("- Who asks\n  gets an answer.\n\nReally?", "Who")]
    [InlineData("| a | What is sent |", "What")]
    [InlineData("The handler\nstands here, and `stands` is code.", "stands")]
    [InlineData("Nobody sees it, beside you.", "Nobody", "beside")]
    [InlineData("It belongs\ninto a room, mostly.", "belongs\ninto", "mostly")]
    [InlineData("You are told when it is given.", "are told", "is given")]
    [InlineData("## Beside a slow member", "Beside")]
    public void A_habit_is_found(string text, params string[] words) => Assert.Equal(words, Found(text));

    [Theory]
    [InlineData("What does it cost?")]
    [InlineData("What does it cost when a client\nreads slowly?")]
    [InlineData("## What is not flagged")]
    [InlineData("What to do: close it.")]
    [InlineData("You understand what AOT stands for, besides.")]
    [InlineData("See [rooms](beside.md#nobody), `is told` and ``mostly ` ``.")]
    [InlineData("<!-- nobody\nreads this -->")]
    [InlineData("- A list:\n\n  ```csharp\n  // nobody\n  ```")]
    public void Other_text_is_fine(string text) => Assert.Empty(Found(text));

    [Fact]
    public void The_line_of_a_habit_is_its_line_in_the_page() =>
        Assert.Equal((6, "nobody"), Assert.Single(PlainWords.Find(PlainWords.ProseOf("# Page\n\n```js\n// nobody\n```\nAsk nobody."))));

    private static string[] Found(string text) => [.. PlainWords.Find(PlainWords.ProseOf(text)).Select(found => found.Words)];
}
