namespace Krait.Generators.Emission;

/// <summary>Writes which codec serves which subprotocol.</summary>
internal static class CodecEmitter
{
    private const string Codecs = "global::Krait.CompilerServices.MessageCodecs";

    public static void Emit(SourceWriter writer, string property, MessageSpec message, bool isQueue)
    {
        if (message.Codecs.Count == 0)
        {
            writer.Line($"{property} = static _ => {Known(message, isQueue)},");
            return;
        }

        if (message.Codecs is [{ Protocol: null } only])
        {
            writer.Line($"{property} = static codecs => {Own(only, message)},");
            return;
        }

        using (writer.Block($"{property} = static codecs => codecs.Protocol switch", "},"))
        {
            foreach (var codec in message.Codecs.Where(codec => codec.Protocol is not null))
                writer.Line($"{SymbolDisplay.FormatLiteral(codec.Protocol!, quote: true)} => {Own(codec, message)},");

            var general = message.Codecs.FirstOrDefault(codec => codec.Protocol is null);
            var otherwise = general is not null ? Own(general, message) : message.Codec == MessageCodecKind.None ? "throw codecs.NoCodec()" : $"codecs.Of(static _ => {Known(message, isQueue)})";
            writer.Line($"_ => {otherwise},");
        }
    }

    private static string Own(CodecSpec codec, MessageSpec message)
    {
        var arguments = string.Join(", ", codec.Parameters.Select(parameter => $"{parameter.Name}: {BindingEmitter.Expression(parameter)}"));
        var own = $"codecs.Of(static {(arguments.Length == 0 ? "_" : "bind")} => new {codec.Type}({arguments}))";
        return message.Limits.Count == 0 ? own : $"{Codecs}.Limited<{message.Type}>({own}{Limits(message)})";
    }

    private static string Known(MessageSpec message, bool isQueue)
    {
        // What is handled at once can be borrowed from the transport; what is queued cannot.
        var borrow = isQueue ? "false" : "true";
        return message.Codec switch
        {
            MessageCodecKind.Text => $"{Codecs}.Text",
            MessageCodecKind.Bytes => $"{Codecs}.Bytes",
            MessageCodecKind.Binary => $"{Codecs}.Binary(borrow: {borrow})",
            MessageCodecKind.Raw => $"{Codecs}.Raw(borrow: {borrow})",
            _ => $"{Codecs}.Json<{message.Type}>({message.JsonContext}.Default{Limits(message)})",
        };
    }

    private static string Limits(MessageSpec message) =>
        string.Concat(message.Limits.Select(limit => $", new global::Krait.CompilerServices.MessageLimit(typeof({limit.Name}), {limit.Value})"));
}
