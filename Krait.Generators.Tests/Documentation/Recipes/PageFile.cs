using System.Text.RegularExpressions;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>A file that a page of the documentation shows as a whole.</summary>
/// <remarks>The line before its block names it, as in "`wwwroot/index.html`:". Only files that are not C# count, because C# is compiled.</remarks>
/// <param name="Path">Where it is in the reader's project.</param>
/// <param name="Text">What is in it.</param>
internal sealed partial record PageFile(string Path, string Text)
{
    private const string Fence = "```";

    /// <summary>Finds the files of a page.</summary>
    public static IReadOnlyList<PageFile> Find(IReadOnlyList<string> lines)
    {
        var files = new List<PageFile>();
        var name = "";
        for (var line = 0; line < lines.Count; line++)
        {
            if (lines[line].StartsWith(Fence, StringComparison.Ordinal))
            {
                var start = ++line;
                while (lines[line] != Fence)
                    line++;
                if (name.Length > 0 && !name.EndsWith(".cs", StringComparison.Ordinal))
                    files.Add(new(name, string.Join('\n', lines.Skip(start).Take(line - start)) + '\n'));
                name = "";
            }
            else if (lines[line].Length > 0 && !lines[line].StartsWith("<!--", StringComparison.Ordinal))
            {
                name = NameAtEnd().Match(lines[line]).Groups[1].Value;
            }
        }

        return files;
    }

    /// <summary>The file of that name in a page.</summary>
    public static PageFile Find(string page, string path) => Find(File.ReadAllLines(page)).Single(file => file.Path == path);

    /// <summary>Writes it where it belongs in a project.</summary>
    public void WriteBelow(DirectoryInfo directory)
    {
        var file = new FileInfo(System.IO.Path.Combine(directory.FullName, Path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, Text);
    }

    [GeneratedRegex(@"`([\w./-]+)`[^`]*:$")]
    private static partial Regex NameAtEnd();
}
