using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Generator and analyzers stay small enough to be read by one person in a day.</summary>
public sealed class SizeTests
{
    private static readonly IReadOnlyList<string> Files =
    [
        .. Directory.EnumerateFiles(Path.Combine(TestProject.Repository, "Krait.Generators"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()),
    ];

    [Fact]
    public void Half_of_the_files_have_fewer_than_80_lines() =>
        Assert.InRange(Files.Select(file => File.ReadLines(file).Count()).Order().ElementAt(Files.Count / 2), 1, 79);

    [Fact]
    public void All_have_fewer_than_4000_lines_of_code() => Assert.InRange(Files.Sum(file => LinesOfCode(File.ReadAllText(file))), 1, 3999);

    [Theory]
    [InlineData("class A;", 1)]
    [InlineData("class A;\n\n// B\nclass C\n{\n    /* D */\n}", 4)]
    [InlineData("/// <summary>A</summary>\nclass B; // C", 1)]
    [InlineData("class A { string B = \"\"\"\n    // C\n\n    \"\"\"; }", 3)]
    public void A_line_is_code_where_a_word_of_code_stands_on_it(string source, int lines) => Assert.Equal(lines, LinesOfCode(source));

    /// <summary>Counts the lines that are neither blank nor comment; text in quotes is code, whatever it looks like, but for its blank lines.</summary>
    private static int LinesOfCode(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(source);
        var text = tree.GetText();
        return tree.GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)
            .SelectMany(token => Enumerable.Range(LineOf(token.SpanStart), LineOf(token.Span.End) - LineOf(token.SpanStart) + 1))
            .Distinct().Count(line => !string.IsNullOrWhiteSpace(text.Lines[line].ToString()));

        int LineOf(int position) => text.Lines.GetLineFromPosition(position).LineNumber;
    }
}
