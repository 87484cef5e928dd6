using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes a controller internal, so that generated code can reference it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeInternalFix))]
[Shared]
public sealed class MakeInternalFix() : TextFix(DiagnosticIds.Inaccessible, "Make '{0}' internal", Named.Class)
{
    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.TypeSymbol is not { } symbol)
            return [];

        // All parts that state an accessibility must state the same.
        var parts = symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(finding.CancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .Where(part => finding.DocumentOf(part) is not null).ToList();
        var saying = parts.Where(part => part.Modifiers.Any(Modifiers.IsAccessibility)).ToList();
        return (saying.Count > 0 ? saying : parts.Take(1)).Select(part => Mend(finding.DocumentOf(part)!, part));
    }

    private static Edit Mend(Document document, TypeDeclarationSyntax type)
    {
        var words = type.Modifiers.Where(Modifiers.IsAccessibility).ToList();
        return words switch
        {
            [] => Edit.Insert(document, Modifiers.Start(type), "internal "),
            // Derived classes in other assemblies keep their access.
            [{ RawKind: (int)SyntaxKind.ProtectedKeyword } only] => Edit.Insert(document, only.Span.End, " internal"),
            _ => Edit.Replace(document, TextSpan.FromBounds(words[0].SpanStart, words[words.Count - 1].Span.End), "internal"),
        };
    }
}
