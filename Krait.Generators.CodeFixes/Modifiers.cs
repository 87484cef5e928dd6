using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds and removes the words before a declaration.</summary>
internal static class Modifiers
{
    /// <summary>Adds <c>partial</c> to a type and to those around it, where it lacks.</summary>
    public static IEnumerable<Edit> MakePartial(Document document, TypeDeclarationSyntax type) =>
        from lacking in type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
        where !lacking.Modifiers.Any(SyntaxKind.PartialKeyword)
        select Edit.Insert(document, lacking.Keyword.SpanStart, "partial ");

    /// <summary>Removes a word and the blanks behind it; a comment there stays.</summary>
    public static Edit Remove(Document document, SyntaxToken modifier)
    {
        var blanks = modifier.TrailingTrivia.TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .Sum(trivia => trivia.Span.Length);
        return Edit.Replace(document, new TextSpan(modifier.SpanStart, modifier.Span.Length + blanks), "");
    }

    /// <summary>Where the first modifier of a declaration stands, or would stand.</summary>
    public static int Start(MemberDeclarationSyntax declaration) => declaration switch
    {
        { Modifiers.Count: > 0 } => declaration.Modifiers[0].SpanStart,
        TypeDeclarationSyntax type => type.Keyword.SpanStart,
        MethodDeclarationSyntax method => method.ReturnType.SpanStart,
        _ => declaration.SpanStart,
    };

    /// <summary>Where a word stands that follows the accessibility.</summary>
    public static int AfterAccessibility(MemberDeclarationSyntax declaration)
    {
        var others = declaration.Modifiers.Where(modifier => !IsAccessibility(modifier)).ToList();
        return others.Count > 0 ? others[0].SpanStart : declaration switch
        {
            TypeDeclarationSyntax type => type.Keyword.SpanStart,
            MethodDeclarationSyntax method => method.ReturnType.SpanStart,
            _ => declaration.SpanStart,
        };
    }

    public static bool IsAccessibility(SyntaxToken modifier) =>
        modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword
            or SyntaxKind.PrivateKeyword;
}
