using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Moves an attribute that works only on endpoints from a handler to its class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveAttributeFix))]
[Shared]
public sealed class MoveAttributeFix() : TextFix(DiagnosticIds.EndpointAttribute, "Move [{0}] to the class", Attribute)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute
            || finding is not { Type: { } type, TypeSymbol: { } symbol })
            return [];

        var moved = finding.Model.GetTypeInfo(attribute, finding.CancellationToken).Type;
        if (moved is null
            || !FitsClasses(moved)
            || symbol.GetAttributes().Any(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, moved)))
            return [];

        return
        [
            Edit.Insert(finding.Document, type.SpanStart, $"[{attribute}]\n{Indentation.Of(type)}"),
            Edit.Replace(finding.Document, AttributeLists.WithSeparator(list, attribute), ""),
        ];
    }

    private static string Attribute(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<AttributeSyntax>()?.Name.GetLastToken().ValueText ?? Named.Text(finding);

    private static bool FitsClasses(ITypeSymbol attribute)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            var usage = type.GetAttributes().FirstOrDefault(found => found.AttributeClass is { Name: "AttributeUsageAttribute" });
            if (usage is { ConstructorArguments: [{ Value: int targets }] })
                return (targets & (int)AttributeTargets.Class) != 0;
        }

        return true;
    }
}
