namespace Krait.Generators.Emission;

/// <summary>Writes the descriptor: what the controller is, and the glue that calls it.</summary>
/// <remarks>It is made anew whenever it is asked for. Cached, it would hide the handlers that Hot Reload adds.</remarks>
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
        var arguments = $"{spec.Type.FullName}, {spec.Receives.Type}, {spec.Sends.Type}";
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
        ("Pattern", spec.Pattern.ToLiteral()),
        ("Protocols", spec.Protocols.Count > 0 ? $"[{string.Join(", ", spec.Protocols.Select(TypeNames.ToLiteral))}]" : null),
        ("ProtocolRequired", spec.ProtocolRequired ? null : "false"),
        ("AllowedOrigins", spec.AllowedOrigins is { } origins
            ? $"[{string.Join(", ", origins.Select(TypeNames.ToLiteral))}]"
            : null),
        ("Delivery", $"global::Krait.MessageDelivery.{(spec.IsQueue ? "Queue" : "Event")}"),
        ("Compression", spec.Compression ? "true" : null),
        ("IsUncompressed", spec.Uncompressed.Count > 0 ? IsUncompressed(spec) : null),
        ("Rooms", spec.Rooms.Count > 0 ? $"[{string.Join(", ", spec.Rooms.Select(TypeNames.ToLiteral))}]" : null),
        .. spec.Limits.Select(limit => (limit.Name, limit.Value)),
        ("Metadata", spec.Metadata.Count > 0 ? Template.Of($"""
            [
                {spec.Metadata.Select(attribute => attribute + ",")}
            ]
            """) : null),
    ];

    private static string IsUncompressed(ControllerSpec spec) => spec.Uncompressed[0] == spec.Sends.Type
        ? "static _ => true"
        : $"static message => message is {string.Join(" or ", spec.Uncompressed)}";
}
