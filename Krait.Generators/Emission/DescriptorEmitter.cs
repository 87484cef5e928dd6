namespace Krait.Generators.Emission;

/// <summary>Writes the descriptor: the facts about the controller, and the glue that calls it.</summary>
/// <remarks>Every read creates it anew. A cached one would hide the handlers that Hot Reload adds.</remarks>
internal static class DescriptorEmitter
{
    public static string Emit(ControllerSpec spec)
    {
        var self = spec.Type.FullName;
        return Template.Of($"""
            /// <summary>The route, the protocols and the handlers of the controller.</summary>
            {GeneratedCodeAttributes.Lines}
            {(spec.NamesForbidden && !spec.Type.IsForbidden ? GeneratedCodeAttributes.Obsolete : "")}
            static global::Krait.WebSocketControllerDescriptor<{self}>
                global::Krait.IWebSocketController<{self}>.Descriptor => {Value(spec)};
            """);
    }

    private static string Value(ControllerSpec spec)
    {
        var arguments = $"{spec.Type.FullName}, {spec.Contract.Receives.Type.Reference}, {spec.Contract.Sends.Type.Reference}";
        return spec.Refusal is { } sentence
            ? $"throw {MemberEmitter.Refusal(sentence)}"
            : ControllerEmitter.Block(
                string.Join("\n", Properties(spec)), $"new global::Krait.CompilerServices.ControllerDescriptor<{arguments}>");
    }

    private static IEnumerable<string> Properties(ControllerSpec spec) =>
        from property in Facts(spec).Concat(GlueEmitter.Emit(spec))
        where property.Value is not null
        select $"{property.Name} = {property.Value},";

    private static IEnumerable<(string Name, string? Value)> Facts(ControllerSpec spec) =>
    [
        ("Pattern", spec.Contract.Pattern.ToLiteral()),
        ("Protocols", spec.Contract.Protocols.Count > 0 ? Texts(spec.Contract.Protocols) : null),
        ("ProtocolRequired", spec.Contract.ProtocolRequired ? null : "false"),
        ("AllowedOrigins", spec.AllowedOrigins is { } origins ? Texts(origins) : null),
        ("Delivery", $"global::Krait.MessageDelivery.{(spec.IsQueue ? "Queue" : "Event")}"),
        ("Compression", spec.Contract.Compression ? "true" : null),
        ("IsUncompressed", IsOneOf(spec.Contract.Uncompressed, spec.Contract.Sends.Type)),
        ("HidesTraffic", spec.Contract.HidesTraffic ? "true" : null),
        ("HidesReceived", IsOneOf(spec.Contract.HiddenReceived, spec.Contract.Receives.Type)),
        ("HidesSent", IsOneOf(spec.Contract.HiddenSent, spec.Contract.Sends.Type)),
        ("Rooms", spec.Contract.Rooms.Count > 0 ? Texts(spec.Contract.Rooms) : null),
        ("Members", spec.Members is { } members ? Members(members) : null),
        .. spec.Contract.Limits.Select(limit => (limit.Name, (string?)limit.Value.ToString(CultureInfo.InvariantCulture))),
        ("MaxConnections", LimitEmitter.Connections(spec.Contract)),
        ("RateLimits", LimitEmitter.Rates(spec.Contract)),
        ("Metadata", spec.Metadata.Count > 0 ? Template.Of($"""
            [
                {spec.Metadata.Select(attribute => attribute + ",")}
            ]
            """) : null),
    ];

    private static string Texts(EquatableArray<string> texts) => $"[{string.Join(", ", texts.Select(TypeNames.ToLiteral))}]";

    private static string Members(MessageSpec members) =>
        $"global::Krait.CompilerServices.MemberContract.Json<{members.Type.Reference}>({members.JsonContext?.Reference}.Default)";

    /// <summary>A function that says whether a message is of one of the types; null if there are none.</summary>
    private static string? IsOneOf(EquatableArray<TypeRef> types, TypeRef all) =>
        types.Count == 0 ? null
        : types[0] == all ? "static _ => true"
        : $"static message => message is {string.Join(" or ", types.Select(type => type.Reference))}";
}
