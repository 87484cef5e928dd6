using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes the class of an attribute, and the types in its arguments, visible in generated code.</summary>
public abstract class MakeAttributeVisibleFix : TextFix
{
    private protected MakeAttributeVisibleFix(string id)
        : base(id, "Make '{0}' usable in generated code", Named.Text)
    {
    }

    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { } syntax || finding.TypeSymbol is not { } controller)
            return [];

        var attribute = controller.GetAttributes().FirstOrDefault(attribute =>
            attribute.ApplicationSyntaxReference?.GetSyntax(finding.CancellationToken) == syntax);
        if (attribute?.AttributeClass is null)
            return [];

        // A visible type cannot have a hidden base class.
        var hidden = AttributeText.TypesOf(attribute).SelectMany(type => type.Line()).SelectMany(type => type.Pieces())
            .Where(IsHidden).ToList();
        var parts = hidden.Select(type => Declaration(type, finding)).ToList();
        return parts.Contains(null) ? [] : parts.Select(part => Mend(finding.DocumentOf(part!)!, part!));

        bool IsHidden(INamedTypeSymbol type) =>
            type.IsFileLocal || !finding.Model.Compilation.IsSymbolAccessibleWithin(type, controller);
    }

    /// <summary>The only declaration of a type; null if there are several, or if it cannot be edited.</summary>
    private static TypeDeclarationSyntax? Declaration(INamedTypeSymbol type, Finding finding) =>
        type.DeclaringSyntaxReferences is [var only]
            && only.GetSyntax(finding.CancellationToken) is TypeDeclarationSyntax declaration
            && finding.DocumentOf(declaration) is not null
            ? declaration
            : null;

    private static Edit Mend(Document document, TypeDeclarationSyntax part) =>
        part.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.FileKeyword)) is { RawKind: not 0 } local
            ? Modifiers.Remove(document, local)
            : Modifiers.MakeInternal(document, part);
}
