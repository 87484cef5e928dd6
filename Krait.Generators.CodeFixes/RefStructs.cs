using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Values that cannot live across an await: spans, other ref structs, and references to variables.</summary>
internal static class RefStructs
{
    /// <summary>Whether one of them would be used before and after the expression if it became an await.</summary>
    public static bool Cross(Finding finding, SyntaxNode function, SyntaxNode awaited)
    {
        var statement = awaited.AncestorsAndSelf().FirstOrDefault(node => node is StatementSyntax or ArrowExpressionClauseSyntax)
            ?? awaited;
        return function.DescendantNodes().Any(node => IsUsedBoth(node))
            || statement.DescendantNodes().OfType<ExpressionSyntax>()
                .Any(node => node.Span.End <= awaited.SpanStart && node.Parent is not VariableDeclarationSyntax && IsOne(node))
            || awaited.Ancestors().TakeWhile(node => node != function).OfType<CommonForEachStatementSyntax>()
                .Any(loop => IsOne(loop.Expression));

        bool IsUsedBoth(SyntaxNode node) =>
            node.SpanStart < awaited.Span.End
            && finding.Model.GetDeclaredSymbol(node, finding.CancellationToken) is ILocalSymbol local
                && (local.IsRef || local.Type.IsRefLikeType)
            && (local.IsUsing || IsInInnerLoop(node) || function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
                name.SpanStart >= awaited.SpanStart
                    && name.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(name).Symbol, local)));

        bool IsInInnerLoop(SyntaxNode declared) => awaited.Ancestors().TakeWhile(node => !node.Contains(declared)).Any(node =>
            node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

        bool IsOne(ExpressionSyntax expression) =>
            finding.Model.GetTypeInfo(expression, finding.CancellationToken).Type is { IsRefLikeType: true };
    }
}
