using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds members to types, with a blank line between them.</summary>
internal static class Members
{
    /// <summary>Adds members, separated by blank lines, after the last member of a type.</summary>
    public static Edit Append(Document document, TypeDeclarationSyntax type, string members)
    {
        if (type.Members.Count > 0)
            return After(document, type.Members.Last(), members);

        var (own, inside) = (Indentation.Of(type), Indentation.Indent(members, Indentation.OfMembers(type)));
        var block = $"\n{own}{{\n{inside}\n{own}}}";
        if (type.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && type.OpenBraceToken.RawKind == 0)
            return Edit.Replace(document, type.SemicolonToken.Span, block);

        var isEmpty = string.IsNullOrWhiteSpace(type.SyntaxTree.GetText()
            .ToString(TextSpan.FromBounds(type.OpenBraceToken.Span.End, type.CloseBraceToken.SpanStart)));
        return isEmpty
            ? Edit.Replace(
                document,
                TextSpan.FromBounds(type.OpenBraceToken.GetPreviousToken().Span.End, type.CloseBraceToken.Span.End),
                block)
            : Edit.Insert(document, type.OpenBraceToken.Span.End, "\n" + inside);
    }

    /// <summary>Adds members after another one.</summary>
    public static Edit After(Document document, MemberDeclarationSyntax member, string members)
    {
        var inside = Indentation.Indent(members, Indentation.Of(member));
        var endsLine = member.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        return endsLine
            ? Edit.Insert(document, member.FullSpan.End, $"\n{inside}\n")
            : Edit.Insert(document, member.Span.End, $"\n\n{inside}\n{Before(member)}");
    }

    /// <summary>Adds members before another one and its comments, but after the blank line before these.</summary>
    public static Edit Before(Document document, MemberDeclarationSyntax member, string members)
    {
        var blank = member.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .Sum(trivia => trivia.FullSpan.Length);
        return Edit.Insert(document, member.FullSpan.Start + blank, $"{Indentation.Indent(members, Indentation.Of(member))}\n\n");
    }

    /// <summary>The blanks before the brace that closes the type of a member.</summary>
    private static string Before(MemberDeclarationSyntax member) =>
        member.Parent is TypeDeclarationSyntax type ? Indentation.Of(type) : "";
}
