namespace Krait.Generators.Specs;

/// <summary>A parameter, its type without <c>?</c>, and where its value comes from.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as a reference.</param>
/// <param name="IsOptional">Whether it gets its default when there is no value.</param>
/// <param name="Default">The default; null if that is null.</param>
/// <param name="ForgivesNull">Whether its type does not allow null, so that a null default needs a <c>!</c>.</param>
/// <param name="Key">
/// The name of the route, query or header value, or of a room, with route values in braces. For a Resumption, that of a query
/// value.
/// </param>
/// <param name="ServiceKey">The key of a keyed service.</param>
/// <param name="Form">How the text of the value is converted.</param>
/// <param name="IsList">Whether it takes all values of that name, as an array of its type.</param>
internal sealed record ParameterSpec(
    ParameterSource Source, string Name, string Type, bool IsOptional = false, ConstantSpec? Default = null,
    bool ForgivesNull = false, string Key = "", ConstantSpec? ServiceKey = null, ValueForm Form = default, bool IsList = false)
{
    /// <summary>The type of the members that a room lists, as a reference; null if it lists none.</summary>
    public string? Member { get; init; }

    /// <summary>Whether a Resumption gives a client that is not recovered all that the room keeps.</summary>
    public bool ReplaysAll { get; init; }
}

/// <summary>Where a parameter's value comes from; first what comes from the request, before the upgrade.</summary>
internal enum ParameterSource
{
    Route, Query, Header, Resumption, Room, Service, KeyedService, HttpContext, UpgradeRequest, User, RequestAborted,
    Stopping, Connection, Message, FailedMessage, Error, Lost, Presence, Drain, Expiration, CloseInfo, CloseDeadline,
    Messages, MessageStream,
}

/// <summary>How the text of a value of the request is converted.</summary>
internal enum ValueForm { Text, Parsed, ParsedNullable, Enum, EnumNullable, Values }
