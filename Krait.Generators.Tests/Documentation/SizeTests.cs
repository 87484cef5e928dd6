using System.Globalization;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Files, lines, methods and expressions of generator, analyzers and fixes stay short enough to read at a glance.</summary>
public sealed class SizeTests
{
    private const int Widest = 130;
    private const int LongestMethod = 30;
    private const int DeepestConditional = 2;

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

    [Fact]
    public void No_method_has_more_than_30_lines() =>
        Assert.Empty(
            from file in Files
            from method in file.GetRoot().DescendantNodes()
            where method is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
            let span = file.GetLineSpan(method.Span)
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > LongestMethod
            select Place(file, span.StartLinePosition.Line, lines));

    [Fact]
    public void No_conditional_expression_is_nested_more_than_twice() =>
        Assert.Empty(
            from file in Files
            from conditional in file.GetRoot().DescendantNodes().OfType<ConditionalExpressionSyntax>()
            where conditional.Parent?.FirstAncestorOrSelf<ConditionalExpressionSyntax>() is null
            let depth = Depth(conditional)
            where depth > DeepestConditional
            select Place(file, file.GetLineSpan(conditional.Span).StartLinePosition.Line, depth));

    private static int Depth(SyntaxNode node) =>
        node.ChildNodes().Select(Depth).DefaultIfEmpty().Max() + (node is ConditionalExpressionSyntax ? 1 : 0);

    private static string Place(SyntaxTree file, int line, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.FilePath}({line + 1}): {size}");
}
