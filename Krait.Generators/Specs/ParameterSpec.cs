namespace Krait.Generators.Specs;

/// <summary>A parameter, its type without <c>?</c>, and where its value comes from.</summary>
internal sealed record ParameterSpec(ParameterSource Source, string Name, string Type)
{
    /// <summary>The name of the route, query or header value, as a literal; the key of a keyed service, as an expression.</summary>
    public string Key { get; init; } = "";

    public ValueForm Form { get; init; }

    /// <summary>Whether it takes all values of that name, as an array of <see cref="Type"/>.</summary>
    public bool IsList { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>What an optional parameter is given when there is nothing, as an expression; null if that is null.</summary>
    public string? Default { get; init; }

    /// <summary>Whether its author calls it non-nullable and gives it null all the same.</summary>
    public bool ForgivesNull { get; init; }
}

/// <summary>Where a parameter's value comes from; first what comes from the request, before the upgrade.</summary>
internal enum ParameterSource
{
    Route, Query, Header, Service, KeyedService, HttpContext, UpgradeRequest, User, RequestAborted,
    Stopping, Connection, Message, FailedMessage, Error, CloseInfo, CloseDeadline, Messages, MessageStream,
}

/// <summary>What a value of the request becomes.</summary>
internal enum ValueForm
{
    Text, Parsed, ParsedNullable, Enum, EnumNullable, Values,
}
