namespace Krait.Generators.Specs;

/// <summary>What a controller is: everything that its generated file says, and nothing else.</summary>
/// <remarks>Equal specs give equal bytes. No symbol, syntax or location is ever in here.</remarks>
internal sealed record ControllerSpec
{
    public required TypeSpec Type { get; init; }

    /// <summary>Why Krait cannot complete the controller, in a sentence; null if it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>The generated members, by name, that the class cannot have, since the names are taken.</summary>
    public EquatableArray<string> TakenNames { get; init; }

    public required string Pattern { get; init; }

    /// <summary>The same for two controllers between which the router could not choose; empty where that cannot be said.</summary>
    public string RouteKey { get; init; } = "";

    public EquatableArray<string> Protocols { get; init; }
    public bool ProtocolRequired { get; init; } = true;

    /// <summary>Null takes those of the options.</summary>
    public EquatableArray<string>? AllowedOrigins { get; init; }

    /// <summary>Whether messages wait until the controller pulls them.</summary>
    public bool IsQueue { get; init; }

    public bool Compression { get; init; }

    /// <summary>The types of sent messages that are not compressed; only that of all messages if it is every one of them.</summary>
    public EquatableArray<string> Uncompressed { get; init; }

    /// <summary>The limits that the attribute sets, in the order in which they are declared.</summary>
    public EquatableArray<LimitSpec> Limits { get; init; }

    public required MessageSpec Receives { get; init; }
    public required MessageSpec Sends { get; init; }

    /// <summary>The accessibility of the members that every controller has: that of the message types, at most.</summary>
    public string MemberAccessibility { get; init; } = "public";

    /// <summary>Expressions that construct the attributes of the class.</summary>
    public EquatableArray<string> Metadata { get; init; }

    public EquatableArray<ParameterSpec> Constructor { get; init; }
    public HandlerSpec? OnUpgrade { get; init; }
    public HandlerSpec? OnOpen { get; init; }

    /// <summary>Most derived message first.</summary>
    public EquatableArray<HandlerSpec> OnMessage { get; init; }

    /// <summary>The handler of binary frames that stands beside those of text.</summary>
    public HandlerSpec? OnBinary { get; init; }

    /// <summary>Most derived exception first.</summary>
    public EquatableArray<HandlerSpec> OnError { get; init; }

    public HandlerSpec? OnClose { get; init; }
    public HandlerSpec? Run { get; init; }
}
