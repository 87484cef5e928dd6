using System.Text.RegularExpressions;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>A page of the documentation that a newcomer follows block by block, in a project of <c>dotnet new web</c>.</summary>
/// <remarks>
/// <para>Each heading with a number begins a step. A block is one of these:</para>
/// <list type="bullet">
/// <item>A whole file, if the text before it ends with "Write <c>`PATH`</c>" or "Replace <c>`PATH`</c>", perhaps a few words, and a colon. Only an existing file can be replaced.</item>
/// <item>Output, or a conversation, in a <c>text</c> block after the files of its step.</item>
/// <item>Commands and their output in a <c>console</c> block.</item>
/// </list>
/// <para>.ci/pages/tutorial.mjs reads the pages by the same rules, and follows them with the real tools.</para>
/// </remarks>
internal sealed partial class Tutorial
{
    private const string Fence = "```";

    /// <summary>The pages, relative to the repository.</summary>
    public static readonly IReadOnlyList<string> Pages = ["docs/tutorial.md", "docs/tutorial-messages.md"];

    private readonly List<TutorialStep> steps = [];
    private readonly string page;
    private readonly string[] lines;

    private Tutorial(string page, IReadOnlyDictionary<string, string> start)
    {
        this.page = page;
        lines = File.ReadAllLines(Path.Combine(TestProject.Repository, page));
        steps.Add(new("", new Dictionary<string, string>(start), [], []));
        for (var line = 0; line < lines.Length; line++)
        {
            if (NumberedHeading().Match(lines[line]) is { Success: true } heading)
                steps.Add(new(heading.Groups[1].Value, new Dictionary<string, string>(steps[^1].Files), [], []));
            else if (lines[line].StartsWith(Fence, StringComparison.Ordinal))
                line = ReadBlock(line);
        }
    }

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<TutorialStep> Steps => steps[1..];

    /// <summary>The first tutorial.</summary>
    public static Tutorial First { get; } = new(Pages[0], new Dictionary<string, string> { ["Program.cs"] = "the program of the template" });

    /// <summary>The second tutorial, in the project of the first.</summary>
    public static Tutorial Messages { get; } = new(Pages[1], First.Steps[^1].Files);

    /// <summary>The second tutorial, in the project that it says to make without the first.</summary>
    public static Tutorial MessagesOnly { get; } =
        new(Pages[1], new Dictionary<string, string> { ["Program.cs"] = First.Steps[0].Files["Program.cs"] });

    /// <summary>Reads the block that begins with a fence, and returns the line of its end.</summary>
    private int ReadBlock(int fence)
    {
        var end = Array.IndexOf(lines, Fence, fence + 1);
        var block = lines[(fence + 1)..end];
        switch (lines[fence][Fence.Length..])
        {
            case "csharp" or "html":
                AddFile(fence, string.Join('\n', block) + '\n');
                break;
            case "text":
                steps[^1].Shown.Add(string.Join('\n', block));
                break;
            case "console":
                steps[^1].Commands.AddRange(TutorialCommand.Find(block));
                break;
            default:
                throw Wrong(fence, "A block is csharp, html, text or console.");
        }

        return end;
    }

    private void AddFile(int fence, string text)
    {
        var sentence = FileSentence().Match(lines[..fence].Last(line => line.Length > 0));
        var path = sentence.Groups["path"].Value;
        if (!sentence.Success)
            throw Wrong(fence, "The text before the block does not say its file: it ends with neither \"Write `PATH`:\" nor \"Replace `PATH`:\".");
        if (sentence.Groups["verb"].Value == "Replace" && !steps[^1].Files.ContainsKey(path))
            throw Wrong(fence, $"There is no {path} to replace.");
        if (steps[^1].Shown.Count > 0)
            throw Wrong(fence, "The files of a step come before its output, because the step is built between them.");
        steps[^1].Files[path] = text;
    }

    private InvalidOperationException Wrong(int line, string message) => new($"{page}({line + 1}): {message}");

    [GeneratedRegex(@"^## (\d+\. .+)$")]
    private static partial Regex NumberedHeading();

    [GeneratedRegex(@"\b(?<verb>Write|Replace) `(?<path>[\w./-]+)`[^`.]*:$")]
    private static partial Regex FileSentence();
}
