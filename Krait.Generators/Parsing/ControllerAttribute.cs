namespace Krait.Generators.Parsing;

/// <summary>Reads [WebSocketController].</summary>
internal sealed class ControllerAttribute(AttributeData data)
{
    public const string PatternName = "pattern";

    public static readonly string[] LimitNames = ["MaxMessageSize", "ReceiveQueueCapacity", "ReceiveBufferSize", "SendBufferSize", "MaxStreams"];

    public AttributeData Data { get; } = data;

    /// <summary>Null if the argument is null or missing, of which the compiler tells.</summary>
    public string? Pattern => Data.ConstructorArguments is [{ Value: string pattern }] ? pattern : null;
    public string? Protocols => Value("Protocols") as string;
    public bool ProtocolRequired => Value("ProtocolRequired") is not false;
    public string? AllowedOrigins => Value("AllowedOrigins") as string;
    public Delivery Delivery => (Delivery)(Value("Delivery") as int? ?? 0);
    public ITypeSymbol? Receives => Value("Receives") as ITypeSymbol;
    public ITypeSymbol? Sends => Value("Sends") as ITypeSymbol;
    public INamedTypeSymbol? JsonContext => Value("JsonContext") as INamedTypeSymbol;
    public bool Compression => Value("Compression") is true;

    public int Limit(string name) => Value(name) as int? ?? 0;

    public Func<Location?> Place(string name) => Places.Argument(Data, name);

    public Func<Location?> Place(string name, int start, int length) =>
        Places.Argument(Data, name, (name == PatternName ? Pattern : Value(name) as string) ?? "", start, length);

    /// <summary>The attribute of a class; null if it is no controller.</summary>
    public static ControllerAttribute? Of(INamedTypeSymbol symbol, KnownSymbols known)
    {
        // Two parts of a class may have it, wrongly: then it is the same one that counts in every build.
        var found = symbol.GetAttributes().Where(data => KnownSymbols.Is(data.AttributeClass, known.ControllerAttribute))
            .InSourceOrder(data => data.ApplicationSyntaxReference)
            .FirstOrDefault();
        return found is null ? null : new(found);
    }

    private object? Value(string name) => Data.Named(name);
}

/// <summary>How messages reach a controller, with the values of MessageDelivery.</summary>
internal enum Delivery
{
    Inferred, Queue, Event,
}
