using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        return (saying.Count > 0 ? saying : parts.Take(1))
            .Select(part => Modifiers.MakeInternal(finding.DocumentOf(part)!, part));
    }
}
