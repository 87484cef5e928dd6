using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>The tasks that a handler has awaited, or checked for completion: reading their results does not block.</summary>
internal sealed class CompletedTasks
{
    private readonly HashSet<ISymbol> completed = new(SymbolEqualityComparer.Default);

    /// <summary>Records the tasks that an operation awaits or checks. Call it in the order of the source.</summary>
    public void Learn(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation:
                Add(operation);
                break;
            case IPropertyReferenceOperation question when IsQuestion(question):
                Add(Asked(question));
                break;
            case IVariableDeclaratorOperation { Initializer.Value: IAwaitOperation } declared:
                completed.Add(declared.Symbol);
                break;
            case IForEachLoopOperation loop when Contains(loop.Collection) || IsWhenEach(loop.Collection):
                completed.UnionWith(loop.Locals);
                break;
        }
    }

    /// <summary>Whether the task was awaited, also with others in WhenAll, or was the first to complete in WhenAny.</summary>
    public bool Contains(IOperation? task) => task switch
    {
        IAwaitOperation => true,
        IArrayElementReferenceOperation element => Contains(element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true } element => Contains(element.Instance),
        IConversionOperation conversion => Contains(conversion.Operand),
        IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } call => Contains(call.Instance),
        IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask" } } => true,
        IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } call => Contains(call.Arguments[0].Value),
        IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } } => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput } => IsAskedBeside(task),
        null => false,
        _ => Named(task) is { } symbol && completed.Contains(symbol),
    };

    /// <summary>Whether a loop gets each task after it has completed.</summary>
    private static bool IsWhenEach(IOperation? tasks) => tasks switch
    {
        IConversionOperation conversion => IsWhenEach(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "WhenEach", ContainingType.Name: "Task" } } => true,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WithCancellation" } call =>
            IsWhenEach(call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
        _ => false,
    };

    private void Add(IOperation? operation)
    {
        var reads = (operation?.DescendantsAndSelf() ?? []).Where(read => !BlockingCalls.IsResult(read.Parent));
        completed.UnionWith(reads.Select(Named).OfType<ISymbol>());
    }

    private static bool IsQuestion(IPropertyReferenceOperation read) =>
        read.Property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "Status";

    /// <summary>The task that is checked: before the dot, or the input of the pattern.</summary>
    private static IOperation? Asked(IPropertyReferenceOperation question)
    {
        if (question.Instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput })
            return question.Instance;

        for (var parent = question.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IIsPatternOperation match)
                return match.Value;
            if (parent is ISwitchExpressionOperation choice)
                return choice.Value;
            if (parent is ISwitchOperation statement)
                return statement.Value;
        }

        return null;
    }

    /// <summary>Whether the pattern that reads a task's result also checks its completion.</summary>
    private static bool IsAskedBeside(IOperation input) =>
        input.Parent?.Parent?.Parent is IRecursivePatternOperation pattern
        && pattern.PropertySubpatterns.Any(beside => beside.Member is IPropertyReferenceOperation read && IsQuestion(read));

    private static ISymbol? Named(IOperation operation) => operation switch
    {
        ILocalReferenceOperation read => read.Local,
        IParameterReferenceOperation read => read.Parameter,
        IFieldReferenceOperation read => read.Field,
        IPropertyReferenceOperation { Property.IsIndexer: false } read => read.Property,
        _ => null,
    };
}
