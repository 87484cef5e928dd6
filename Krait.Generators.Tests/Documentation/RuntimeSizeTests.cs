using System.Globalization;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Lines and methods of the runtime, of Krait.Redis and of Krait.Sockets stay short enough to read at a glance. It is here because Roslyn is.</summary>
public sealed class RuntimeSizeTests
{
    private const int Widest = 130;
    private const int Longest = 30;
    private const int Deepest = 2;

    private static readonly IReadOnlyList<SyntaxTree> Files =
    [
        .. new[] { "Krait.Runtime", "Krait.Redis", "Krait.Sockets" }
            .Select(static project => Path.Combine(TestProject.Repository, project))
            .SelectMany(static project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
            .Select(static file => Path.GetRelativePath(TestProject.Repository, file))
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .Order(StringComparer.Ordinal)
            .Select(static file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(TestProject.Repository, file)), path: file)),
    ];

    [Fact]
    public void No_line_is_wider_than_130_characters() => Assert.Empty(
        from file in Files
        from line in file.GetText().Lines
        where line.Span.Length > Widest
        select Place(file, line.Span, line.Span.Length));

    [Fact]
    public void No_method_has_more_than_30_lines_between_its_braces() => Assert.Empty(
        from file in Files
        from body in file.GetRoot().DescendantNodes().OfType<BlockSyntax>()
        where body.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = file.GetLineSpan(body.Span)
        let count = lines.EndLinePosition.Line - lines.StartLinePosition.Line - 1
        where count > Longest
        select Place(file, body.Span, count));

    [Fact]
    public void No_more_than_two_conditionals_are_nested() => Assert.Empty(
        from file in Files
        from node in file.GetRoot().DescendantNodes().OfType<IfStatementSyntax>()
        let depth = node.AncestorsAndSelf().OfType<IfStatementSyntax>().Count(static one => one.Parent is not ElseClauseSyntax)
        where depth > Deepest
        select Place(file, node.Span, depth));

    private static string Place(SyntaxTree file, TextSpan span, int size) => string.Create(
        CultureInfo.InvariantCulture, $"{file.FilePath}({file.GetLineSpan(span).StartLinePosition.Line + 1}): {size}");
}
