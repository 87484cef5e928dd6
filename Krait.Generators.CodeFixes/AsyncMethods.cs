using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>Makes methods asynchronous.</summary>
internal static class AsyncMethods
{
    /// <summary>
    /// The edits that allow an await at an expression; null if more than the return type would have to change.
    /// </summary>
    public static IEnumerable<Edit>? MakeAsync(Finding finding, SyntaxNode expression)
    {
        foreach (var node in expression.Ancestors())
        {
            switch (node)
            {
                case LockStatementSyntax or QueryExpressionSyntax or CatchFilterClauseSyntax or UnsafeStatementSyntax
                    or FixedStatementSyntax:
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
                    or MemberDeclarationSyntax when RefStructs.Cross(finding, node, expression):
                    return null;
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.RawKind != 0 ? [] : null;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword) ? [] : null;
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword) ? [] : MakeAsync(finding, method);
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Changes only handlers: callers of other methods would have to await them.</summary>
    private static IEnumerable<Edit>? MakeAsync(Finding finding, MethodDeclarationSyntax method)
    {
        var symbol = finding.Model.GetDeclaredSymbol(method, finding.CancellationToken);
        if (symbol is not { IsOverride: false, IsVirtual: false }
            || !symbol.GetAttributes().Any(attribute => HandlerCollector.KindOf(attribute) is not null)
            || IsCalled(symbol, method))
            return null;

        var isValue = symbol.ReturnType is { IsRefLikeType: false, Name: var name }
            && name is not ("Task" or "ValueTask" or "IAsyncEnumerable" or "IEnumerable")
            && !symbol.ReturnType.IsNullableValue;
        if (!isValue)
            return null;

        var task = finding.Reference("System.Threading.Tasks.ValueTask", method.SpanStart);
        return [Edit.Replace(
            finding.Document, method.ReturnType.Span, $"async {task}{(symbol.ReturnsVoid ? "" : $"<{method.ReturnType}>")}")];
    }

    private static bool IsCalled(IMethodSymbol symbol, MethodDeclarationSyntax method) =>
        method.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(name => name.Identifier.ValueText == symbol.Name);

    /// <summary>The text of an await that replaces another expression.</summary>
    public static string Await(ExpressionSyntax replaced, string awaited)
    {
        var isReceiver =
            replaced.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax
                or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax;
        return isReceiver ? $"(await {awaited})" : $"await {awaited}";
    }
}
