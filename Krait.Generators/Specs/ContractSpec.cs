namespace Krait.Generators.Specs;

/// <summary>The contract between a controller and its clients, as facts for code that serves, documents or calls it.</summary>
/// <param name="Pattern">The route.</param>
/// <param name="RouteKey">
/// Equal for two controllers between which the router could not choose; empty if that is unknown.
/// </param>
/// <param name="Protocols">The subprotocols, best first.</param>
/// <param name="ProtocolRequired">Whether the client has to offer one of them.</param>
/// <param name="Compression">Whether messages are compressed if the client offers it.</param>
/// <param name="Uncompressed">
/// The types of sent messages that are not compressed; only the sent type itself if no message is.
/// </param>
/// <param name="Limits">The limits that the attribute sets, in the order in which they are declared.</param>
/// <param name="Receives">The received messages.</param>
/// <param name="Sends">The sent messages.</param>
/// <param name="Rooms">The names of the rooms that the clients join, with route values in braces.</param>
/// <param name="WhenSlow">What rooms do with the messages that are sent, most derived type first.</param>
internal sealed record ContractSpec(
    string Pattern, string RouteKey, EquatableArray<string> Protocols, bool ProtocolRequired, bool Compression,
    EquatableArray<TypeRef> Uncompressed, EquatableArray<LimitSpec> Limits, MessageSpec Receives, MessageSpec Sends,
    EquatableArray<string> Rooms, EquatableArray<PolicySpec> WhenSlow)
{
    /// <summary>The properties in which rooms write the position of a message, most derived type first.</summary>
    public EquatableArray<PositionSpec> Positions { get; init; }

    /// <summary>Whether the log shows no payload of any message.</summary>
    public bool HidesTraffic { get; init; }

    /// <summary>The received types whose payload the log does not show; only the received type itself if it shows none.</summary>
    public EquatableArray<TypeRef> HiddenReceived { get; init; }

    /// <summary>The sent types whose payload the log does not show; only the sent type itself if it shows none.</summary>
    public EquatableArray<TypeRef> HiddenSent { get; init; }

    /// <summary>The properties with the parent of a received message's span, most derived type first.</summary>
    public EquatableArray<PropertySpec> TraceParents { get; init; }

    /// <summary>How many connections one user or address may have.</summary>
    public EquatableArray<ConnectionLimitSpec> MaxConnections { get; init; }

    /// <summary>How many messages a client may send.</summary>
    public EquatableArray<RateSpec> RateLimits { get; init; }

    /// <summary>The values that the upgrade reads from route, query and headers.</summary>
    public EquatableArray<ParameterSpec> Parameters { get; init; }

    /// <summary>The operations for messages and events, in the order of their declaration.</summary>
    public EquatableArray<OperationSpec> Operations { get; init; }
}

/// <summary>A limit: a property of the attribute, and its value.</summary>
internal sealed record LimitSpec(string Name, int Value);
