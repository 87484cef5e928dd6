namespace Krait.Generators.Specs;

/// <summary>What a controller and its clients agree on: facts, for whatever serves, documents or calls it.</summary>
/// <param name="Pattern">The route.</param>
/// <param name="RouteKey">
/// The same for two controllers between which the router could not choose; empty where that cannot be said.
/// </param>
/// <param name="Protocols">The subprotocols, best first.</param>
/// <param name="ProtocolRequired">Whether the client has to offer one of them.</param>
/// <param name="Compression">Whether the client may ask for it.</param>
/// <param name="Uncompressed">
/// The types of sent messages that are not compressed; only that of all messages if it is every one of them.
/// </param>
/// <param name="Limits">The limits that the attribute sets, in the order in which they are declared.</param>
/// <param name="Receives">The messages that come.</param>
/// <param name="Sends">The messages that go.</param>
/// <param name="Rooms">The names of the rooms whose members the clients are, with route values in braces.</param>
/// <param name="WhenSlow">What rooms do with the messages that are sent, most derived type first.</param>
internal sealed record ContractSpec(
    string Pattern, string RouteKey, EquatableArray<string> Protocols, bool ProtocolRequired, bool Compression,
    EquatableArray<TypeRef> Uncompressed, EquatableArray<LimitSpec> Limits, MessageSpec Receives, MessageSpec Sends,
    EquatableArray<string> Rooms, EquatableArray<PolicySpec> WhenSlow)
{
    /// <summary>The values of route, query and headers that the upgrade takes.</summary>
    public EquatableArray<ParameterSpec> Parameters { get; init; }

    /// <summary>What happens on messages and events, in the order of their declaration.</summary>
    public EquatableArray<OperationSpec> Operations { get; init; }
}

/// <summary>A limit: a property of the attribute, and its value.</summary>
internal sealed record LimitSpec(string Name, int Value);
