namespace Krait.Generators.Specs;

/// <summary>What a controller is: everything that its generated file says, and nothing else.</summary>
/// <remarks>Equal specs give equal bytes. No symbol, syntax or location is ever in here.</remarks>
/// <param name="Type">The class.</param>
/// <param name="TakenNames">The generated members, by name, that the class cannot have, since the names are taken.</param>
/// <param name="Pattern">The route.</param>
/// <param name="RouteKey">The same for two controllers between which the router could not choose; empty where that cannot be
/// said.</param>
/// <param name="Protocols">The subprotocols, best first.</param>
/// <param name="ProtocolRequired">Whether the client has to offer one of them.</param>
/// <param name="AllowedOrigins">Null takes those of the options.</param>
/// <param name="IsQueue">Whether messages wait until the controller pulls them.</param>
/// <param name="Compression">Whether the client may ask for it.</param>
/// <param name="Uncompressed">The types of sent messages that are not compressed; only that of all messages if it is every one of
/// them.</param>
/// <param name="Limits">The limits that the attribute sets, in the order in which they are declared.</param>
/// <param name="Receives">The messages that come.</param>
/// <param name="Sends">The messages that go.</param>
/// <param name="MemberAccessibility">The accessibility of the members that every controller has: that of the message types, at
/// most.</param>
/// <param name="Metadata">Expressions that construct the attributes of the class.</param>
/// <param name="Constructor">The parameters of its constructor.</param>
internal sealed record ControllerSpec(
    TypeSpec Type, EquatableArray<string> TakenNames, string Pattern, string RouteKey,
    EquatableArray<string> Protocols, bool ProtocolRequired, EquatableArray<string>? AllowedOrigins,
    bool IsQueue, bool Compression,
    EquatableArray<string> Uncompressed, EquatableArray<LimitSpec> Limits, MessageSpec Receives, MessageSpec Sends,
    string MemberAccessibility, EquatableArray<string> Metadata, EquatableArray<ParameterSpec> Constructor)
{
    /// <summary>Why Krait cannot complete the controller, in a sentence; null if it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// The ids of the warnings that the generated file would raise though only the author can do something about them.
    /// </summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>The aliases of assemblies that the generated file needs.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Whether it names something that only what is obsolete may name.</summary>
    public bool NamesForbidden { get; init; }

    /// <summary>The names of the rooms that the constructor asks for, with route values in braces.</summary>
    public EquatableArray<string> Rooms { get; init; }

    /// <summary>What rooms do with the messages that are sent, most derived type first.</summary>
    public EquatableArray<PolicySpec> WhenSlow { get; init; }

    public HandlerSpec? OnUpgrade { get; init; }
    public HandlerSpec? OnOpen { get; init; }

    /// <summary>Most derived message first.</summary>
    public EquatableArray<HandlerSpec> OnMessage { get; init; }

    /// <summary>The handler of binary frames that stands beside those of text.</summary>
    public HandlerSpec? OnBinary { get; init; }

    /// <summary>Most derived exception first.</summary>
    public EquatableArray<HandlerSpec> OnError { get; init; }

    public HandlerSpec? OnLost { get; init; }
    public HandlerSpec? OnClose { get; init; }
    public HandlerSpec? Run { get; init; }
}
