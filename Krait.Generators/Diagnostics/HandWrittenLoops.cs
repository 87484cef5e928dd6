using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT093: code accepts a WebSocket and reads it in a loop, which a controller would do.</summary>
internal static class HandWrittenLoops
{
    public static void Check(OperationAnalysisContext context, IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType is not { Name: "WebSocketManager", ContainingNamespace.Name: "Http" }
            || call.SemanticModel is not { } model)
            return;

        var function = call.Syntax.Ancestors().First(node =>
            node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax
                or CompilationUnitSyntax);
        var called = function.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .SelectMany(invocation =>
                model.GetSymbolInfo(invocation, context.CancellationToken).Symbol?.DeclaringSyntaxReferences ?? [])
            .Select(reference => reference.GetSyntax(context.CancellationToken));
        if (called.Prepend(function).Any(Loops))
            context.ReportDiagnostic(Diagnostic.Create(Rules.HandWrittenLoop, Places.Name(call.Syntax)));
    }

    private static bool Loops(SyntaxNode function) => function.DescendantNodes().Any(node =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
        && node.DescendantNodes().Any(inner => inner is SimpleNameSyntax { Identifier.ValueText: "ReceiveAsync" }));
}
