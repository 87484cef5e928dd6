using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT095: a handler keeps the transport's buffer, which the next message overwrites, beyond its return.</summary>
internal static class KeptBuffers
{
    public static void Check(HandlerBody body)
    {
        if (body.Kind != HandlerKind.OnMessage)
            return;

        var buffers = new HashSet<ISymbol>(
            body.Method.Parameters.Where(parameter => IsBuffer(parameter.Type, body.Known)), SymbolEqualityComparer.Default);
        if (buffers.Count == 0)
            return;

        var tracker = new Tracker(body, buffers);
        var borrowedUntil = EndOfTurn(body);
        foreach (var operation in body.All)
        {
            var symbol = (operation as IParameterReferenceOperation)?.Parameter
                ?? (operation as ILocalReferenceOperation)?.Local as ISymbol;
            if (symbol is null || !buffers.Contains(symbol))
                continue;

            if (operation.Syntax.SpanStart >= borrowedUntil
                || tracker.IsKept(operation)
                || Functions(operation).Any(tracker.IsKeptFunction))
            {
                var whole = operation.Parent is IPropertyReferenceOperation { Property.Name: "Payload" } payload
                    ? payload
                    : operation;
                body.Report(Rules.KeptBuffer, whole.Syntax.GetLocation(), body.Method.Name, symbol.Name);
            }
        }
    }

    public static bool IsBuffer(ITypeSymbol type, KnownSymbols known) =>
        MessageType.Codec(type.WithoutNull(), known) is MessageCodecKind.Binary or MessageCodecKind.Raw;

    /// <summary>
    /// Where the next message may arrive: from its first await or yield on, a stream runs next to the handlers.
    /// </summary>
    private static int EndOfTurn(HandlerBody body)
    {
        if (!body.Own.Exists(operation => operation.Kind == OperationKind.YieldReturn))
            return int.MaxValue;

        var wait = body.Own.Find(operation =>
            operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }
                || operation.Kind == OperationKind.YieldReturn);
        return wait switch
        {
            IForEachLoopOperation loop => loop.Collection.Syntax.Span.End,
            IAwaitOperation => wait.Syntax.Span.End,
            _ => wait.Syntax.SpanStart,
        };
    }

    /// <summary>The lambdas and local functions that capture it.</summary>
    private static IEnumerable<IOperation> Functions(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                yield return parent;
        }
    }

    /// <summary>Follows a buffer to where it goes.</summary>
    private sealed class Tracker(HandlerBody body, HashSet<ISymbol> buffers)
    {
        private readonly HashSet<ISymbol> followed = new(SymbolEqualityComparer.Default);

        public bool IsKept(IOperation value) => value.Parent switch
        {
            IConversionOperation or IConditionalOperation or ICoalesceOperation or ITupleOperation or IDelegateCreationOperation
                or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation
                or IObjectOrCollectionInitializerOperation or IObjectCreationOperation or IWithOperation
                or IPropertyReferenceOperation { Property.Name: "Payload" or "RootElement" }
                or IPropertyReferenceOperation { Property.ContainingType.Name: "JsonElement" }
                or IInvocationOperation { TargetMethod.Name: "Slice" or "GetProperty" } => IsKept(value.Parent),
            IArgumentOperation { Parent: IObjectCreationOperation creation, Parameter: { } parameter } =>
                creation.Type is { Name: "Thread" or "Timer" }
                    || (Holders.MayHold(creation.Type!, parameter, body.Known) && IsKept(creation)),
            IArgumentOperation { Parent: IInvocationOperation { Instance: { } receiver } added } when IsBeingMade(receiver) =>
                IsKept(added),
            IArgumentOperation { Parent: IInvocationOperation call } =>
                IsStoredBy(call) || IsDropped(call) || (Wraps(call.TargetMethod) && IsKept(call)),
            IAssignmentOperation assigned when assigned.Value != value => false,
            IAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } made } } set when IsBeingMade(made) =>
                IsKept(set),
            IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => Follow(local),
            IAssignmentOperation assignment => Outlives(assignment.Target),
            IEventAssignmentOperation => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => Follow(declarator.Symbol),
            _ => false,
        };

        /// <summary>Whether a lambda or a local function may run after the handler has returned.</summary>
        public bool IsKeptFunction(IOperation function) =>
            function is ILocalFunctionOperation { Symbol: var symbol } ? IsKeptFunction(symbol) : IsKept(function);

        private bool IsKeptFunction(IMethodSymbol function) => body.All.Any(operation => operation switch
        {
            IMethodReferenceOperation { Method: var method } => method.Is(function) && IsKept(operation),
            IInvocationOperation { TargetMethod: var method } call => method.Is(function) && IsDropped(call),
            _ => false,
        });

        /// <summary>Whether it is the object whose initializer is being read.</summary>
        private static bool IsBeingMade(IOperation instance) =>
            instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver };

        /// <summary>
        /// Treats a variable as the buffer itself if it has a buffer's type; else checks where the variable is read.
        /// </summary>
        private bool Follow(ILocalSymbol local)
        {
            if (IsBuffer(local.Type, body.Known))
                buffers.Add(local);
            if (buffers.Contains(local) || !followed.Add(local))
                return false;

            var isKept = body.Reads(local, body.All).Any(IsKept);
            followed.Remove(local);
            return isKept;
        }

        /// <summary>Whether the result of the method reads the given memory instead of a copy.</summary>
        private static bool Wraps(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
        {
            ("JsonDocument", "Parse") or ("BinaryData", "FromBytes") or ("UnsafeByteOperations", "UnsafeWrap")
                or ("MemoryMarshal", "AsMemory") => true,
            ("MemoryExtensions", var name) => name.StartsWith("Trim", StringComparison.Ordinal),
            _ => false,
        };

        private bool IsStoredBy(IInvocationOperation call) =>
            call.TargetMethod.Name is "Add" or "TryAdd" or "AddLast" or "AddFirst" or "AddOrUpdate" or "Insert" or "Enqueue"
                or "Push" or "TryWrite" or "WriteAsync" or "Post"
            && call.TargetMethod.ContainingType.ContainingNamespace.ToDisplayString() is var space
            && (space.StartsWith("System.Collections.", StringComparison.Ordinal)
                || space is "System.Threading.Channels" or "System.Threading.Tasks.Dataflow")
            && Outlives(call.Instance)
            || call.TargetMethod is { ContainingType.Name: "ThreadPool", Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" };

        /// <summary>
        /// Whether it keeps running because its task is dropped. KRAIT091 reports a send whose task is ignored.
        /// </summary>
        private static bool IsDropped(IInvocationOperation call) =>
            call.Type is { Name: "Task" or "ValueTask" }
            && call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
            && !(call.Parent is IExpressionStatementOperation && call.TargetMethod.Name == "SendAsync");

        /// <summary>Whether the target still exists after the handler has returned: all but its own variables.</summary>
        private bool Outlives(IOperation? target) => target switch
        {
            IMemberReferenceOperation member => Outlives(member.Instance),
            IArrayElementReferenceOperation element => Outlives(element.ArrayReference),
            IConversionOperation conversion => Outlives(conversion.Operand),
            IInvocationOperation call => Outlives(call.Instance),
            IParameterReferenceOperation { Parameter: var parameter } => !body.Takes(parameter),
            ILocalReferenceOperation or IDiscardOperation or IObjectCreationOperation => false,
            _ => true,
        };
    }
}
