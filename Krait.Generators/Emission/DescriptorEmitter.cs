namespace Krait.Generators.Emission;

/// <summary>Writes the descriptor: what the controller is, and the glue that calls it.</summary>
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

    private static string Value(ControllerSpec spec) => spec.Refusal is { } sentence
        ? $"throw {MemberEmitter.Refusal(sentence)}"
        : Template.Of($$"""
            field ??=
                new global::Krait.CompilerServices.ControllerDescriptor<{{spec.Type.FullName}}, {{spec.Receives.Type}}, {{spec.Sends.Type}}>
                {
                    {{Facts(spec).Concat(GlueEmitter.Emit(spec)).Where(property => property.Value is not null).Select(property => $"{property.Name} = {property.Value},")}}
                }
            """);

    private static IEnumerable<(string Name, string? Value)> Facts(ControllerSpec spec) =>
    [
        ("Pattern", spec.Pattern.ToLiteral()),
        ("Protocols", spec.Protocols.Count > 0 ? $"[{string.Join(", ", spec.Protocols.Select(TypeNames.ToLiteral))}]" : null),
        ("ProtocolRequired", spec.ProtocolRequired ? null : "false"),
        ("AllowedOrigins", spec.AllowedOrigins is { } origins ? $"[{string.Join(", ", origins.Select(TypeNames.ToLiteral))}]" : null),
        ("Delivery", $"global::Krait.MessageDelivery.{(spec.IsQueue ? "Queue" : "Event")}"),
        ("Compression", spec.Compression ? "true" : null),
        ("IsUncompressed", spec.Uncompressed is [var first, ..] ? $"static {(first == spec.Sends.Type ? "_ => true" : $"message => message is {string.Join(" or ", spec.Uncompressed)}")}" : null),
        .. spec.Limits.Select(limit => (limit.Name, limit.Value)),
        ("Metadata", spec.Metadata.Count > 0 ? Template.Of($"""
            [
                {spec.Metadata.Select(attribute => attribute + ",")}
            ]
            """) : null),
    ];
}
