using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT091: code ignores the task of a send or a close. A discard shows that this is on purpose.</summary>
internal static class IgnoredSends
{
    /// <summary>Checks a call. Returns whether it reported it.</summary>
    public static bool Check(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        if (call.TargetMethod.ReturnsVoid || !IsIgnored(call) || !IsKraits(call.TargetMethod, known))
            return false;

        context.ReportDiagnostic(Diagnostic.Create(Rules.IgnoredSend, Places.Name(call.Syntax), call.TargetMethod.Name));
        return true;
    }

    private static bool IsIgnored(IOperation operation) => operation.Parent switch
    {
        IExpressionStatementOperation => true,
        IConditionalAccessOperation access => IsIgnored(access),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } call => IsIgnored(call),
        _ => false,
    };

    private static bool IsKraits(IMethodSymbol method, KnownSymbols known) =>
        method.ContainingNamespace is { Name: "Krait", ContainingNamespace.IsGlobalNamespace: true }
        || ControllerAttribute.Of(method.ContainingType, known) is not null
        || method.ContainingType.AllInterfaces.Any(type => type.OriginalDefinition.Is(known.MessageSender));
}
