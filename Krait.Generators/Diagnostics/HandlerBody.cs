using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>The body of a handler, for the rules that look into it.</summary>
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
    /// The operations of the handler itself, in the order of the source, without lambdas and local functions.
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
    /// Whether the handler itself has the parameter, and not the primary constructor or a lambda.
    /// </summary>
    public bool Takes(IParameterSymbol parameter) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Method);

    /// <summary>
    /// Where these operations read a variable; empty if it is assigned again, because its value is then unknown.
    /// </summary>
    public IEnumerable<IOperation> Reads(ILocalSymbol local, IEnumerable<IOperation> among) =>
        All.Any(operation => operation is IAssignmentOperation assignment && IsOf(assignment.Target, local))
            ? []
            : among.Where(operation => IsOf(operation, local));

    /// <summary>
    /// The values that a variable gets from its declaration and from assignments.
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
