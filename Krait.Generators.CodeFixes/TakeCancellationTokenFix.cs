using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>
/// Adds a CancellationToken to [Run], and passes it to the calls that it awaits.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TakeCancellationTokenFix))]
[Shared]
public sealed class TakeCancellationTokenFix()
    : TextFix(DiagnosticIds.UnstoppableRun, "Add a CancellationToken to '{0}'", Named.Method)
{
    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.Method is not { } method
            || finding.Model.GetDeclaredSymbol(method, finding.CancellationToken) is not { } symbol)
            return [];

        // If an endless loop can end, the method needs a return statement after it.
        if (symbol is { IsAsync: false, ReturnsVoid: false } && HandOn(finding, method, "").Any())
            return [];

        const string services = "System.Runtime.CompilerServices";
        var isStream = symbol is { IsAsync: true, ReturnType.Name: "IAsyncEnumerable" };
        var names = method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText);
        var token = Names.Unique("stopping", names);
        var parameters = method.ParameterList.Parameters;
        var separator = parameters.Count > 0 ? ", " : "";
        var attribute = isStream ? "[EnumeratorCancellation] " : "";
        var text = $"{separator}{attribute}{finding.Reference("System.Threading.CancellationToken")} {token}";
        return
        [
            .. isStream ? Usings.Add(finding, method.SpanStart, (services, "EnumeratorCancellationAttribute")) : [],
            Edit.Insert(finding.Document, method.ParameterList.CloseParenToken.SpanStart, text),
            .. HandOn(finding, method, token),
        ];
    }

    /// <summary>
    /// Endless loops check the token. Awaited calls get it if an overload takes it as the last parameter.
    /// </summary>
    private static IEnumerable<Edit> HandOn(Finding finding, MethodDeclarationSyntax method, string token)
    {
        foreach (var node in method.DescendantNodes(node =>
            node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            var condition = (node as WhileStatementSyntax)?.Condition
                ?? (node as DoStatementSyntax)?.Condition ?? (node as ForStatementSyntax)?.Condition;
            if (condition is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression })
                yield return Edit.Replace(finding.Document, condition.Span, $"!{token}.IsCancellationRequested");
            if (node is ForStatementSyntax { Condition: null } endless)
                yield return Edit.Insert(
                    finding.Document, endless.FirstSemicolonToken.Span.End, $" !{token}.IsCancellationRequested");

            var awaited = (node as AwaitExpressionSyntax)?.Expression
                ?? (node is ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop ? loop.Expression : null);
            if (awaited is InvocationExpressionSyntax call && TakesToken(finding, call))
                yield return Edit.Insert(
                    finding.Document,
                    call.ArgumentList.CloseParenToken.SpanStart,
                    (call.ArgumentList.Arguments.Count > 0 ? ", " : "") + token);
        }
    }

    private static bool TakesToken(Finding finding, InvocationExpressionSyntax call)
    {
        if (finding.Model.GetSymbolInfo(call, finding.CancellationToken).Symbol is not IMethodSymbol method
            || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return false;

        var given = call.ArgumentList.Arguments.Count;
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(form =>
            form.Parameters.Length == given + 1
            && KnownToken(form.Parameters[given].Type)
            && form.Parameters.Take(given).Zip(
                method.Parameters, (one, other) => SymbolEqualityComparer.Default.Equals(one.Type, other.Type))
                .All(same => same));

        bool KnownToken(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, finding.Known.CancellationToken);
    }
}
