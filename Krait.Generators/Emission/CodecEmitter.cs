namespace Krait.Generators.Emission;

/// <summary>Writes which codec serves which subprotocol.</summary>
internal static class CodecEmitter
{
    private const string Codecs = "global::Krait.CompilerServices.MessageCodecs";

    public static string Emit(MessageSpec message, bool isQueue) => message.Codecs switch
    {
        [] => $"static _ => {Known(message, isQueue)}",
        [{ Protocol: null } only] => $"static codecs => {Own(only, message)}",
        _ =>
            ControllerEmitter.Block(
                string.Join("\n", Choices(message, isQueue).Select(choice => choice + ",")),
                "static codecs => codecs.Protocol switch"),
    };

    private static IEnumerable<string> Choices(MessageSpec message, bool isQueue)
    {
        var general = message.Codecs.FirstOrDefault(codec => codec.Protocol is null);
        var otherwise = general is not null ? Own(general, message)
            : message.Codec == MessageCodecKind.None ? "throw codecs.NoCodec()"
            : $"codecs.Of(static _ => {Known(message, isQueue)})";
        var choices =
            from codec in message.Codecs
            where codec.Protocol is not null
            select $"{codec.Protocol!.ToLiteral()} => {Own(codec, message)}";
        return choices.Append($"_ => {otherwise}");
    }

    private static string Own(CodecSpec codec, MessageSpec message)
    {
        var arguments = string.Join(
            ", ",
            from parameter in codec.Parameters
            select $"{TypeNames.Escape(parameter.Name)}: {BindingEmitter.Expression(parameter)}");
        var own = $"codecs.Of(static {(arguments.Length == 0 ? "_" : "bind")} => new {codec.Type.Reference}({arguments}))";
        return message.Limits.Count == 0 ? own : $"{Codecs}.Limited<{message.Type.Reference}>({own}{Limits(message)})";
    }

    // A message that is handled at once can use the memory of the transport; a queued one cannot.
    private static string Known(MessageSpec message, bool isQueue) => message.Codec switch
    {
        MessageCodecKind.Text or MessageCodecKind.Bytes => $"{Codecs}.{message.Codec}",
        MessageCodecKind.Binary or MessageCodecKind.Raw => $"{Codecs}.{message.Codec}(borrow: {(isQueue ? "false" : "true")})",
        _ => $"{Codecs}.Json<{message.Type.Reference}>({message.JsonContext?.Reference}.Default{Limits(message)})",
    };

    private static string Limits(MessageSpec message) =>
        string.Concat(message.Limits.Select(limit =>
            $", new global::Krait.CompilerServices.MessageLimit(typeof({limit.Type.Reference}), {Digits(limit.Bytes)})"));

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
