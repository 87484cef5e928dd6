using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>
/// Adds <c>partial</c> to every part of a controller and to the types around it, so that Krait can complete it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix() : TextFix(DiagnosticIds.NotPartial, "Make '{0}' partial", Named.Class)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        var named = finding.Type!;
        return named.DescendantNodesAndSelf().OfType<TypeDeclarationSyntax>().Where(IsController).Append(named)
            .SelectMany(type => finding.Model.GetDeclaredSymbol(type, finding.CancellationToken)!.DeclaringSyntaxReferences)
            .Select(part => (TypeDeclarationSyntax)part.GetSyntax(finding.CancellationToken))
            .SelectMany(part => finding.DocumentOf(part) is { } document ? Modifiers.MakePartial(document, part) : []);
    }

    /// <summary>Whether a nested type is a controller, so that one fix completes both.</summary>
    private static bool IsController(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString().Contains("WebSocketController"));
}
