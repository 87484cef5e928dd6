using System.Text.RegularExpressions;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>A page of the documentation, with its links and with the anchors to which links can lead.</summary>
/// <param name="Path">The page, relative to the repository.</param>
/// <param name="Text">What it says.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    private const string Fence = "```";

    /// <summary>Every page of the repository that a reader sees: docs/, samples/, the README of each project, and the pages next to the solution.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.EnumerateFiles(TestProject.Repository, "*.md")
            .Concat(Directory.EnumerateDirectories(TestProject.Repository).Select(project => System.IO.Path.Combine(project, "README.md")).Where(File.Exists))
            .Concat(Below("docs")).Concat(Below("samples"))
            .Select(file => System.IO.Path.GetRelativePath(TestProject.Repository, file).Replace('\\', '/'))
            .Where(page => !page.Split('/').Intersect(["bin", "obj", "node_modules"]).Any())
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>Its links and pictures within the repository, as they are written, with their lines.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        from line in Prose
        let text = Code().Replace(line.Text, "")
        from match in Link().Matches(text).Concat(Source().Matches(text))
        let target = match.Groups[1].Value
        where !Scheme().IsMatch(target)
        select (line.Number, target);

    /// <summary>The anchors of its headings, and the ids of its elements.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var heading in Prose.Where(line => line.Text.StartsWith('#')))
            {
                var anchor = Anchor(heading.Text);
                for (var number = 0; !anchors.Add(number == 0 ? anchor : $"{anchor}-{number}"); number++)
                {
                }
            }

            anchors.UnionWith(Prose.SelectMany(line => Id().Matches(line.Text)).Select(match => match.Groups[1].Value));
            return anchors;
        }
    }

    /// <summary>Its lines outside blocks of code.</summary>
    private IEnumerable<(int Number, string Text)> Prose
    {
        get
        {
            var isCode = false;
            foreach (var (index, line) in Text.Split('\n').Index())
            {
                if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
                    isCode = !isCode;
                else if (!isCode)
                    yield return (index + 1, line);
            }
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="path">The page, relative to the repository.</param>
    public static MarkdownPage Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(TestProject.Repository, path)).ReplaceLineEndings("\n"));

    /// <summary>The anchor that a heading gets: its letters and digits in lower case, with a hyphen for each space.</summary>
    public static string Anchor(string heading)
    {
        var text = LinkWithText().Replace(heading.TrimStart('#').Trim(), "$1");
        return string.Concat(text.ToLowerInvariant().Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')).Replace(' ', '-');
    }

    private static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(TestProject.Repository, directory), "*.md", SearchOption.AllDirectories);

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkWithText();

    [GeneratedRegex("<[^>]* (?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();

    [GeneratedRegex("<[^>]* (?:id|name)=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
