using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Adds and removes the words before a declaration.</summary>
internal static class Modifiers
{
    /// <summary>Adds <c>partial</c> to a type and the types around it, if it is missing.</summary>
    public static IEnumerable<Edit> MakePartial(Document document, TypeDeclarationSyntax type) =>
        from lacking in type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
        where !lacking.Modifiers.Any(SyntaxKind.PartialKeyword)
        select Edit.Insert(document, lacking.Keyword.SpanStart, "partial ");

    /// <summary>Removes a modifier and the blanks after it, but keeps a comment.</summary>
    public static Edit Remove(Document document, SyntaxToken modifier)
    {
        var blanks = modifier.TrailingTrivia.TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .Sum(trivia => trivia.Span.Length);
        return Edit.Replace(document, new TextSpan(modifier.SpanStart, modifier.Span.Length + blanks), "");
    }

    /// <summary>Makes a type internal; a protected one becomes <c>protected internal</c>.</summary>
    public static Edit MakeInternal(Document document, TypeDeclarationSyntax type)
    {
        var words = type.Modifiers.Where(IsAccessibility).ToList();
        return words switch
        {
            [] => Edit.Insert(document, Start(type), "internal "),
            // Derived classes in other assemblies keep their access.
            [{ RawKind: (int)SyntaxKind.ProtectedKeyword } only] => Edit.Insert(document, only.Span.End, " internal"),
            _ => Edit.Replace(document, TextSpan.FromBounds(words[0].SpanStart, words[words.Count - 1].Span.End), "internal"),
        };
    }

    /// <summary>The position of the first modifier of a declaration, or where it would be.</summary>
    public static int Start(MemberDeclarationSyntax declaration) => declaration switch
    {
        { Modifiers.Count: > 0 } => declaration.Modifiers[0].SpanStart,
        TypeDeclarationSyntax type => type.Keyword.SpanStart,
        MethodDeclarationSyntax method => method.ReturnType.SpanStart,
        _ => declaration.SpanStart,
    };

    /// <summary>The position right after the accessibility.</summary>
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
