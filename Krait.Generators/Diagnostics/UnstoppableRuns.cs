using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT048: [Run] waits or loops, and does not notice that the connection is closing.</summary>
internal static class UnstoppableRuns
{
    public static void Check(HandlerBody body)
    {
        if (body is { Kind: HandlerKind.Run, Method: not { IsAsync: true, ReturnsVoid: true } }
            && !body.Method.Parameters.Any(parameter => parameter.Type.Is(body.Known.CancellationToken))
            && body.Own.Exists(operation => MayGoOn(operation, body))
            && !body.All.Any(operation => Tells(operation, body)))
            body.Report(Rules.UnstoppableRun, Places.Of(body.Method)(), body.Method.Name);
    }

    private static bool MayGoOn(IOperation operation, HandlerBody body) => operation switch
    {
        IAwaitOperation await => !EndsByItself(await.Operation, body) && !Delays.EndSoon(await.Operation),
        IForEachLoopOperation { IsAsynchronous: true } loop => !EndsByItself(loop.Collection, body),
        IWhileLoopOperation { Condition: var condition } loop => IsEndless(condition)
            ? !ReadsToTheEnd(loop, body)
            : !EndsByItself(condition, body) && loop.Descendants().Any(inner => Waits(inner, body)),
        IForLoopOperation { Condition: var condition } loop => IsEndless(condition) && !ReadsToTheEnd(loop, body),
        _ => false,
    };

    private static bool IsEndless(IOperation? condition) =>
        condition is null or { ConstantValue: { HasValue: true, Value: true } };

    /// <summary>Whether the loop takes messages by a call that throws after the last one.</summary>
    private static bool ReadsToTheEnd(IOperation loop, HandlerBody body) => loop.Descendants().Any(operation =>
        operation is IInvocationOperation { TargetMethod.Name: "ReceiveAsync" or "ReadAsync" } && EndsByItself(operation, body));

    /// <summary>
    /// Whether a loop can last because of it. A loop that only computes, or empties a collection, ends soon.
    /// </summary>
    private static bool Waits(IOperation operation, HandlerBody body) => operation switch
    {
        IAwaitOperation await => !EndsByItself(await.Operation, body),
        IForEachLoopOperation { IsAsynchronous: true } loop => !EndsByItself(loop.Collection, body),
        IInvocationOperation call => BlockingCalls.IsWait(call),
        _ => false,
    };

    /// <summary>
    /// Whether it ends with the connection, like the messages and calls of the connection, or has ended already. The
    /// controller's own methods count too, because they can check <c>Stopping</c>.
    /// </summary>
    private static bool EndsByItself(IOperation? operation, HandlerBody body) => operation switch
    {
        IParameterReferenceOperation { Parameter: var parameter } => body.Takes(parameter),
        IPropertyReferenceOperation { Property.Name: "Messages" or "Connection", Instance: IInstanceReferenceOperation } => true,
        IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } } => true,
        IPropertyReferenceOperation property => EndsByItself(property.Instance, body),
        IInvocationOperation { Instance: IInstanceReferenceOperation } => true,
        IInvocationOperation { TargetMethod: { Name: "Yield" or "FromResult", ContainingType.Name: "Task" } } => true,
        IInvocationOperation call => EndsByItself(call.Instance ?? call.Arguments.FirstOrDefault()?.Value, body),
        IArrayCreationOperation { Initializer.ElementValues: var tasks } => tasks.All(task => EndsByItself(task, body)),
        ICollectionExpressionOperation { Elements: var tasks } => tasks.All(task => EndsByItself(task, body)),
        ILocalReferenceOperation { Local: var local } => body.Values(local).ToList() is [var only] && EndsByItself(only, body),
        IConversionOperation conversion => EndsByItself(conversion.Operand, body),
        IUnaryOperation unary => EndsByItself(unary.Operand, body),
        IAwaitOperation await => EndsByItself(await.Operation, body),
        _ => false,
    };

    private static bool Tells(IOperation operation, HandlerBody body) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "ShouldStop" or "Completion" } => true,
        IPropertyReferenceOperation { Property.Name: "None" } => false,
        IPropertyReferenceOperation or IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation =>
            operation.Type.Is(body.Known.CancellationToken),
        IInvocationOperation { TargetMethod.Name: "TrySend" } send => EndsByItself(send, body) && Decides(send, body),
        _ => false,
    };

    /// <summary>Whether a false result ends the loop or the method: TrySend is false when the connection is closed.</summary>
    private static bool Decides(IOperation result, HandlerBody body) => result.Parent switch
    {
        IUnaryOperation or IBinaryOperation or IIsPatternOperation => Decides(result.Parent, body),
        IWhileLoopOperation or IForLoopOperation => true,
        IConditionalOperation choice => choice.Condition == result && choice.Descendants().Any(Leaves),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } =>
            body.Reads(local, body.All).Any(read => Decides(read, body)),
        _ => false,
    };

    /// <summary>Whether it ends a loop, or the method around it.</summary>
    public static bool Leaves(IOperation operation) =>
        operation is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo };
}
