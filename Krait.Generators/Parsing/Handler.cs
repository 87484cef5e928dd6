namespace Krait.Generators.Parsing;

/// <summary>A method with a handler attribute.</summary>
internal sealed class Handler(HandlerKind kind, IMethodSymbol method, KnownSymbols known)
{
    private readonly (ReturnShape Shape, ITypeSymbol? Value) _return = Read(method.ReturnType, known);

    public HandlerKind Kind { get; } = kind;

    public IMethodSymbol Method { get; } = method;

    /// <summary>Whether it takes the binary frames beside handlers that take text.</summary>
    public bool IsBeside { get; set; }

    public string Name => Method.Name;

    public ReturnShape Returns => _return.Shape;

    /// <summary>What it gives back, itself or through a task or stream; null if that is nothing.</summary>
    public ITypeSymbol? Value => _return.Value;

    /// <summary>The parameter whose type chooses the handler or gives it its messages; null if there is none.</summary>
    public IParameterSymbol? MessageParameter { get; } = method.Parameters.FirstOrDefault(parameter => Message(kind, parameter.Type, known) is not null);

    /// <summary>The message type that it takes; null if it takes none.</summary>
    public ITypeSymbol? Message(KnownSymbols known) => MessageParameter is { } parameter ? Message(Kind, parameter.Type, known) : null;

    private static ITypeSymbol? Message(HandlerKind kind, ITypeSymbol type, KnownSymbols known) => kind switch
    {
        HandlerKind.OnMessage when !KnownSymbols.Is(type, known.CancellationToken) => type.WithoutNull(),
        HandlerKind.Run when KnownSymbols.IsConstructed(type, known.ChannelReader, out var item) => item.WithoutNull(),
        HandlerKind.Run when KnownSymbols.IsConstructed(type, known.AsyncEnumerable, out var item) => item.WithoutNull(),
        _ => null,
    };

    private static (ReturnShape Shape, ITypeSymbol? Value) Read(ITypeSymbol type, KnownSymbols known) => type switch
    {
        { SpecialType: SpecialType.System_Void } => (ReturnShape.Nothing, null),
        _ when KnownSymbols.Is(type, known.Task) => (ReturnShape.Task, null),
        _ when KnownSymbols.Is(type, known.ValueTask) => (ReturnShape.ValueTask, null),
        _ when KnownSymbols.IsConstructed(type, known.TaskOfT, out var value) => (ReturnShape.TaskOfValue, value),
        _ when KnownSymbols.IsConstructed(type, known.ValueTaskOfT, out var value) => (ReturnShape.ValueTaskOfValue, value),
        _ when KnownSymbols.IsConstructed(type, known.AsyncEnumerable, out var value) => (ReturnShape.Stream, value),
        _ => (ReturnShape.Value, type),
    };
}
