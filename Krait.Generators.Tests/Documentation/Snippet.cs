namespace Krait.Generators.Tests.Documentation;

/// <summary>A block of C# in a page of the documentation.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The line of the page on which the code begins, counted from 1.</param>
/// <param name="Code">The code.</param>
/// <param name="Conventions">The words of the comment before it; see <see cref="SnippetTests"/>.</param>
internal sealed record Snippet(string Page, int Line, string Code, IReadOnlyList<string> Conventions)
{
    private const string Fence = "```";
    private const string Comment = "<!-- snippet:";

    /// <summary>What it continues, the nearest last; empty if it stands alone.</summary>
    public IReadOnlyList<Snippet> Continues { get; private init; } = [];

    /// <summary>Whether the comment before it has a word.</summary>
    public bool Is(string convention) => Conventions.Contains(convention);

    /// <summary>Finds the blocks of a page.</summary>
    /// <param name="page">The page's name, for messages.</param>
    /// <param name="lines">Its lines.</param>
    public static IReadOnlyList<Snippet> Find(string page, IReadOnlyList<string> lines)
    {
        var snippets = new List<Snippet>();
        string[] conventions = [];
        for (var line = 0; line < lines.Count; line++)
        {
            var text = lines[line].Trim();
            if (text.StartsWith(Comment, StringComparison.Ordinal))
            {
                conventions = text[Comment.Length..].Replace("-->", "", StringComparison.Ordinal).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            }
            else if (text.StartsWith(Fence, StringComparison.Ordinal))
            {
                var start = ++line;
                while (line < lines.Count && lines[line].Trim() != Fence)
                    line++;
                if (text == Fence + "csharp")
                    snippets.Add(After(snippets, new Snippet(page, start + 1, string.Join('\n', lines.Skip(start).Take(line - start)), conventions)));
                conventions = [];
            }
        }

        return snippets;
    }

    /// <summary>What is wrong is continued by nothing. What is shown as generated was generated from what stands before it, so it continues that.</summary>
    private static Snippet After(List<Snippet> before, Snippet snippet) =>
        (snippet.Is("continues") || snippet.Is("generated")) && before.LastOrDefault(candidate => !candidate.Is("generated") && !candidate.Is("fragment") && !candidate.Is("raises")) is { } previous
            ? snippet with { Continues = [.. previous.Continues, previous] }
            : snippet;
}
