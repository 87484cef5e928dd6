namespace Krait.Generators.Parsing;

/// <summary>A method with a handler attribute.</summary>
internal sealed class Handler
{
    public Handler(HandlerKind kind, IMethodSymbol method, KnownSymbols known)
    {
        (Kind, Method) = (kind, method);
        (Returns, Value) = Read(method.ReturnType, known);
        var own = method.Parameters.Where(parameter =>
            !BindingParser.IsMarkedService(parameter) && ResumeParser.Mark(parameter, known) is null).ToList();
        MessageParameter = own.Find(parameter => MessageOf(kind, parameter.Type.WithoutNull(), known) is not null);
        Message = MessageParameter is { } taken ? MessageOf(kind, taken.Type.WithoutNull(), known) : null;
        Selector = kind == HandlerKind.OnError
            ? own.Select(parameter => parameter.Type.WithoutNull()).FirstOrDefault(known.IsException)
            : Message;
    }

    public HandlerKind Kind { get; }
    public IMethodSymbol Method { get; }
    public string Name => Method.Name;

    /// <summary>Whether it takes binary frames, while other handlers take text.</summary>
    public bool IsBeside { get; set; }

    public ReturnShape Returns { get; }

    /// <summary>The type that it returns, also through a task or stream; null if it returns nothing.</summary>
    public ITypeSymbol? Value { get; }

    /// <summary>
    /// The parameter for the message, the stream of messages, or the failed message; null if there is none.
    /// </summary>
    public IParameterSymbol? MessageParameter { get; }

    /// <summary>The type of that message; null if it takes none.</summary>
    public ITypeSymbol? Message { get; }

    /// <summary>The type that selects it: of the exception or of the message.</summary>
    public ITypeSymbol? Selector { get; }

    private static ITypeSymbol? MessageOf(HandlerKind kind, ITypeSymbol type, KnownSymbols known) => kind switch
    {
        HandlerKind.OnMessage or HandlerKind.OnError =>
            type.Is(known.CancellationToken) || (kind == HandlerKind.OnError && known.IsException(type)) ? null : type,
        HandlerKind.Run when type.IsConstructed(known.ChannelReader, out var item)
            || type.IsConstructed(known.AsyncEnumerable, out item) => item.WithoutNull(),
        _ => null,
    };

    private static (ReturnShape Shape, ITypeSymbol? Value) Read(ITypeSymbol type, KnownSymbols known) => type switch
    {
        { SpecialType: SpecialType.System_Void } => (ReturnShape.Nothing, null),
        _ when type.Is(known.Task) => (ReturnShape.Task, null),
        _ when type.Is(known.ValueTask) => (ReturnShape.ValueTask, null),
        _ when type.IsConstructed(known.TaskOfT, out var value) => (ReturnShape.TaskOfValue, value),
        _ when type.IsConstructed(known.ValueTaskOfT, out var value) => (ReturnShape.ValueTaskOfValue, value),
        _ when type.IsConstructed(known.AsyncEnumerable, out var value) => (ReturnShape.Stream, value),
        _ => (ReturnShape.Value, type),
    };
}
