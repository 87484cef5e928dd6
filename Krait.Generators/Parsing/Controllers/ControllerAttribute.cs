namespace Krait.Generators.Parsing;

/// <summary>Reads [WebSocketController].</summary>
internal sealed class ControllerAttribute(AttributeData data)
{
    public const string PatternName = "pattern";

    public static readonly string[] LimitNames =
        ["MaxMessageSize", "ReceiveQueueCapacity", "ReceiveBufferSize", "SendBufferSize", "MaxStreams"];

    public AttributeData Data { get; } = data;

    /// <summary>Null if the argument is null or missing, which the compiler reports.</summary>
    public string? Pattern => Data.ConstructorArguments is [{ Value: string pattern }] ? pattern : null;
    public string? Protocols => Data.Named("Protocols") as string;
    public bool ProtocolRequired => Data.Named("ProtocolRequired") is not false;
    public string? AllowedOrigins => Data.Named("AllowedOrigins") as string;
    public Delivery Delivery => (Delivery)(Data.Named("Delivery") as int? ?? 0);
    public ITypeSymbol? Receives => Data.Named("Receives") as ITypeSymbol;
    public ITypeSymbol? Sends => Data.Named("Sends") as ITypeSymbol;
    public INamedTypeSymbol? JsonContext => Data.Named("JsonContext") as INamedTypeSymbol;
    public bool Compression => Data.Named("Compression") is true;

    public int Limit(string name) => Data.Named(name) as int? ?? 0;

    public Func<Location?> Place(string name) => Places.Argument(Data, name);

    public Func<Location?> Place(string name, int start, int length) =>
        Places.Argument(Data, name, (name == PatternName ? Pattern : Data.Named(name) as string) ?? "", start, length);

    /// <summary>The attribute of a class; null if it is not a controller.</summary>
    public static ControllerAttribute? Of(INamedTypeSymbol symbol, KnownSymbols known)
    {
        // If two parts of a class have it, which is an error, every build must choose the same one.
        var found = symbol.FindAll(known.ControllerAttribute).FirstOrDefault();
        return found is null ? null : new(found);
    }
}

/// <summary>How a controller gets messages. The values equal those of MessageDelivery.</summary>
internal enum Delivery { Inferred, Queue, Event }
