using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT094: a handler waits for the end of its own connection, which waits for the handler.</summary>
internal static class SelfWaits
{
    public static void Check(HandlerBody body)
    {
        foreach (var operation in body.Own)
        {
            var (member, instance) = operation switch
            {
                IPropertyReferenceOperation { Property: { Name: "Completion" } property } read =>
                    (property as ISymbol, read.Instance),
                IInvocationOperation { TargetMethod: { Name: "WaitStoppedAsync" } method } call => (method, call.Instance),
                _ => default,
            };
            if (member is not null
                && member.ContainingType.Is(body.Known.Connection)
                && IsOwn(instance, body)
                && IsWaitedFor(operation, body))
                body.Report(Rules.SelfWait, Places.Name(operation.Syntax), body.Method.Name, member.Name);
        }
    }

    /// <summary>
    /// Whether it is the controller's connection, the one that [OnOpen] takes, or a variable with one of them.
    /// </summary>
    private static bool IsOwn(IOperation? instance, HandlerBody body) => instance switch
    {
        IPropertyReferenceOperation { Property.Name: "Connection", Instance: IInstanceReferenceOperation } => true,
        IParameterReferenceOperation { Parameter: var parameter } => body.Takes(parameter),
        IConversionOperation conversion => IsOwn(conversion.Operand, body),
        ILocalReferenceOperation { Local: var local } => body.Reads(local, body.Own).Any()
            && body.Own.Exists(operation =>
                operation is IVariableDeclaratorOperation { Initializer.Value: var value } declared
                    && SymbolEqualityComparer.Default.Equals(declared.Symbol, local)
                    && IsOwn(value, body)),
        _ => false,
    };

    private static bool IsWaitedFor(IOperation task, HandlerBody body) => task.Parent switch
    {
        IAwaitOperation or IPropertyReferenceOperation { Property.Name: "Result" } => true,
        IReturnOperation => !body.Method.IsAsync,
        IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" } => true,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WaitAsync" or "AsTask" or "GetAwaiter" } call =>
            IsWaitedFor(call, body),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } =>
            body.Reads(local, body.Own).Any(read => IsWaitedFor(read, body)),
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WaitAll" } } => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "WhenAll" } call } => IsWaitedFor(call, body),
        IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation =>
            IsWaitedFor(task.Parent, body),
        _ => false,
    };
}
