using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>What a handler does, for the rules that look into it.</summary>
internal sealed class HandlerBody
{
    private readonly OperationBlockAnalysisContext _context;

    private HandlerBody(OperationBlockAnalysisContext context, HandlerKind kind, KnownSymbols known)
    {
        _context = context;
        Kind = kind;
        Known = known;
        foreach (var block in context.OperationBlocks)
            AddOwn(block);
    }

    public HandlerKind Kind { get; }

    public IMethodSymbol Method => (IMethodSymbol)_context.OwningSymbol;

    public KnownSymbols Known { get; }

    /// <summary>
    /// What the handler itself does, in the order of the source. Lambdas and local functions may run elsewhere, and are left out.
    /// </summary>
    public List<IOperation> Own { get; } = [];

    /// <summary>The same with lambdas and local functions.</summary>
    public IEnumerable<IOperation> All => _context.OperationBlocks.SelectMany(block => block.DescendantsAndSelf());

    /// <summary>The body of a controller's handler; null for any other code.</summary>
    public static HandlerBody? Of(OperationBlockAnalysisContext context, KnownSymbols known)
    {
        if (context.OwningSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            return null;

        var kind = method.GetAttributes().Select(HandlerCollector.KindOf).FirstOrDefault(kind => kind is not null);
        return kind is null || ControllerAttribute.Of(method.ContainingType, known) is null
            ? null
            : new(context, kind.Value, known);
    }

    /// <summary>
    /// Whether the parameter is one of the handler's, and not one of the primary constructor's or of a lambda's.
    /// </summary>
    public bool Takes(IParameterSymbol parameter) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Method);

    /// <summary>
    /// Where a variable is read among these operations; nowhere if it is assigned anew, since then nobody knows what it is.
    /// </summary>
    public IEnumerable<IOperation> Reads(ILocalSymbol local, IEnumerable<IOperation> among) =>
        All.Any(operation => operation is IAssignmentOperation assignment && IsOf(assignment.Target, local))
            ? []
            : among.Where(operation => IsOf(operation, local));

    /// <summary>
    /// Everything that a variable is given where its value is written down: by its declaration, and by assignments.
    /// </summary>
    public IEnumerable<IOperation> Values(ILocalSymbol local) => All.Select(operation => operation switch
    {
        IVariableDeclaratorOperation { Symbol: var declared, Initializer.Value: var value } when declared.Is(local) => value,
        IAssignmentOperation { Target: var target, Value: var value } when IsOf(target, local) => value,
        _ => null,
    }).OfType<IOperation>();

    private static bool IsOf(IOperation operation, ILocalSymbol local) =>
        operation is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local);

    public void Report(DiagnosticDescriptor rule, Location? place, params string[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, place, arguments));

    public void Report(
        DiagnosticDescriptor rule, Location place, ImmutableDictionary<string, string?> properties, params string[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, place, properties, arguments));

    private void AddOwn(IOperation operation)
    {
        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            return;

        Own.Add(operation);
        foreach (var child in operation.ChildOperations)
            AddOwn(child);
    }
}
