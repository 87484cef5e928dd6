using System.Globalization;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Files and lines of generator, analyzers and fixes stay short enough to read at a glance.</summary>
public sealed class SizeTests
{
    private const int Widest = 130;

    private static readonly IReadOnlyList<SyntaxTree> Files =
    [
        .. new[] { "Krait.Generators", "Krait.Generators.CodeFixes" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(TestProject.Repository, project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .Order(StringComparer.Ordinal)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(TestProject.Repository, file))),
    ];

    [Fact]
    public void Half_of_the_files_have_fewer_than_80_lines()
    {
        var lengths = Files.Select(file => file.GetText().Lines.Count).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 79);
    }

    [Fact]
    public void No_line_is_wider_than_130_characters() =>
        Assert.Empty(
            from file in Files
            from line in file.GetText().Lines
            where line.Span.Length > Widest
            select Place(file, line.LineNumber, line.Span.Length));

    private static string Place(SyntaxTree file, int line, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.FilePath}({line + 1}): {size}");
}
