using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes a class with handlers a controller. Its path is made from its name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddControllerAttributeFix))]
[Shared]
public sealed class AddControllerAttributeFix()
    : TextFix(DiagnosticIds.HandlerOutsideController, "Make '{0}' a WebSocket controller", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Type is not ClassDeclarationSyntax type
            || finding.TypeSymbol is not { IsStatic: false, IsAbstract: false, IsFileLocal: false } symbol
            || IsGeneric(symbol))
            return [];

        var attribute = finding.Attribute("Krait.WebSocketControllerAttribute", type.SpanStart);
        return Modifiers.MakePartial(finding.Document, type)
            .Prepend(Edit.Insert(
                finding.Document, type.SpanStart, $"[{attribute}(\"{Names.Path(symbol.Name)}\")]\n{Indentation.Of(type)}"));
    }

    private static bool IsGeneric(INamedTypeSymbol symbol)
    {
        for (var type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.TypeParameters.Length > 0)
                return true;
        }

        return false;
    }
}
