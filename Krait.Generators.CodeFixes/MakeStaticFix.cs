using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes an [OnUpgrade] handler static, unless it uses members of the controller.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeStaticFix))]
[Shared]
public sealed class MakeStaticFix() : TextFix(DiagnosticIds.InstanceOnUpgrade, "Make '{0}' static", Named.Method)
{
    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding) =>
        finding.Method is { } method && !UsesInstance(finding, method)
            ? [Edit.Insert(finding.Document, Modifiers.AfterAccessibility(method), "static ")]
            : [];

    private static bool UsesInstance(Finding finding, MethodDeclarationSyntax method) =>
        ((SyntaxNode?)method.Body ?? method.ExpressionBody)?.DescendantNodes().Any(node => node switch
        {
            ThisExpressionSyntax or BaseExpressionSyntax => true,
            SimpleNameSyntax name =>
                IsOfInstance(finding.Model.GetSymbolInfo(name, finding.CancellationToken).Symbol, name, finding.TypeSymbol!),
            _ => false,
        }) == true;

    private static bool IsOfInstance(ISymbol? symbol, SimpleNameSyntax name, INamedTypeSymbol type) => symbol switch
    {
        IParameterSymbol parameter => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor },
        // After a dot, the name is a member of the expression before the dot.
        IFieldSymbol or IPropertySymbol or IEventSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } =>
            !symbol.IsStatic
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
                && IsOrDerivesFrom(type, symbol.ContainingType),
        _ => false,
    };

    private static bool IsOrDerivesFrom(INamedTypeSymbol? type, INamedTypeSymbol? parent)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, parent))
                return true;
        }

        return false;
    }
}
