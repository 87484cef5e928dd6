using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Measures indentation, and indents new code.</summary>
internal static class Indentation
{
    /// <summary>The blanks with which the line of a node begins.</summary>
    public static string Of(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The blanks before the members of a type: those of the first, or one step more than its own.</summary>
    public static string OfMembers(TypeDeclarationSyntax type) =>
        type.Members.FirstOrDefault(member => !IsOnLineOf(type, member)) is { } member ? Of(member) : Of(type) + Step(type);

    /// <summary>One step of indentation, as the file uses it.</summary>
    public static string Step(SyntaxNode node) =>
        node.SyntaxTree.GetText().Lines.Any(line => line.Span.Length > 0 && node.SyntaxTree.GetText()[line.Start] == '\t')
            ? "\t"
            : "    ";

    /// <summary>Lines with blanks before each that is not empty.</summary>
    public static string Indent(string lines, string blanks) =>
        string.Join("\n", lines.Split('\n').Select(line => line.Length == 0 ? line : blanks + line));

    private static bool IsOnLineOf(TypeDeclarationSyntax type, MemberDeclarationSyntax member)
    {
        var lines = member.SyntaxTree.GetText().Lines;
        return lines.IndexOf(member.SpanStart) == lines.IndexOf(type.Identifier.SpanStart);
    }
}
