using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT096: [OnOpen] loops or waits without end, but Krait handles no message before it has returned.</summary>
internal static class EndlessOpens
{
    public static void Check(HandlerBody body)
    {
        // A stream runs next to the handlers that follow.
        if (body.Kind != HandlerKind.OnOpen || body.Own.Exists(operation => operation.Kind == OperationKind.YieldReturn))
            return;

        if (body.Own.Find(IsEndless) is { } endless)
            body.Report(Rules.EndlessOpen, Place(endless), body.Method.Name);
    }

    private static bool IsEndless(IOperation operation) => operation switch
    {
        IWhileLoopOperation loop => GoesOn(loop.Condition) && !CanLeave(loop),
        IForLoopOperation loop => (loop.Condition is null || GoesOn(loop.Condition)) && !CanLeave(loop),
        IAwaitOperation wait => IsForever(wait.Operation),
        _ => false,
    };

    /// <summary>Whether the condition is true until the connection ends: true itself, a check of stopping, or a timer.</summary>
    private static bool GoesOn(IOperation? condition) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: true } } => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: IPropertyReferenceOperation asked } =>
            asked.Property.Name is "ShouldStop" or "IsCancellationRequested",
        IAwaitOperation { Operation: var task } => Task(task) is IInvocationOperation call
            && call.TargetMethod is { Name: "WaitForNextTickAsync", ContainingType.Name: "PeriodicTimer" },
        _ => false,
    };

    private static bool CanLeave(IOperation loop) =>
        loop.Descendants().Any(operation => UnstoppableRuns.Leaves(operation) && !IsInFunction(operation, loop));

    private static bool IsInFunction(IOperation operation, IOperation loop)
    {
        for (var parent = operation.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;
        }

        return false;
    }

    private static bool IsForever(IOperation awaited) =>
        Task(awaited) is IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } } delay
        && delay.Arguments.Any(argument => argument.Value is { ConstantValue: { HasValue: true, Value: -1 } }
            or IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } });

    private static IOperation? Task(IOperation? awaited) =>
        awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } call ? call.Instance : awaited;

    private static Location Place(IOperation endless) => endless.Syntax switch
    {
        WhileStatementSyntax loop => loop.WhileKeyword.GetLocation(),
        DoStatementSyntax loop => loop.DoKeyword.GetLocation(),
        ForStatementSyntax loop => loop.ForKeyword.GetLocation(),
        AwaitExpressionSyntax wait => wait.Expression.GetLocation(),
        var syntax => syntax.GetLocation(),
    };
}
