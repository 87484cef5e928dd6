namespace Krait.Generators.Emission;

/// <summary>Writes the descriptor: what the controller is, and the glue that calls it.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, ControllerSpec spec)
    {
        var self = spec.Type.FullName;
        var property = $"static global::Krait.WebSocketControllerDescriptor<{self}> global::Krait.IWebSocketController<{self}>.Descriptor";
        writer.Line("/// <summary>The route, the protocols and the handlers of the controller.</summary>").Line(ControllerEmitter.GeneratedCode);
        if (spec.Refusal is { } sentence)
        {
            writer.Line($"{property} => throw {MemberEmitter.Refusal(sentence)};");
            return;
        }

        writer.Line($"{property} => field ??=");
        using (writer.Indent())
        using (writer.Block($"new global::Krait.CompilerServices.ControllerDescriptor<{self}, {spec.Receives.Type}, {spec.Sends.Type}>", "};"))
        {
            EmitFacts(writer, spec);
            EmitGlue(writer, spec);
            CodecEmitter.Emit(writer, "Decoder", spec.Receives, spec.IsQueue);
            CodecEmitter.Emit(writer, "Encoder", spec.Sends, spec.IsQueue);
        }
    }

    private static void EmitFacts(SourceWriter writer, ControllerSpec spec)
    {
        writer.Line($"Pattern = {Literal(spec.Pattern)},");
        if (spec.Protocols.Count > 0)
            writer.Line($"Protocols = [{string.Join(", ", spec.Protocols.Select(Literal))}],");
        if (!spec.ProtocolRequired)
            writer.Line("ProtocolRequired = false,");
        if (spec.AllowedOrigins is { } origins)
            writer.Line($"AllowedOrigins = [{string.Join(", ", origins.Select(Literal))}],");

        writer.Line($"Delivery = global::Krait.MessageDelivery.{(spec.IsQueue ? "Queue" : "Event")},");
        if (spec.Compression)
            writer.Line("Compression = true,");
        if (spec.Uncompressed.Count > 0)
            writer.Line($"IsUncompressed = static {Uncompressed(spec)},");
        foreach (var limit in spec.Limits)
            writer.Line($"{limit.Name} = {limit.Value},");

        if (spec.Metadata.Count == 0)
            return;

        writer.Line("Metadata =").Line("[");
        using (writer.Indent())
        {
            foreach (var attribute in spec.Metadata)
                writer.Line($"{attribute},");
        }

        writer.Line("],");
    }

    private static void EmitGlue(SourceWriter writer, ControllerSpec spec)
    {
        var glue = new GlueEmitter(writer, spec);
        glue.EmitCreate();
        glue.EmitAttach();
        if (spec.OnUpgrade is { } onUpgrade)
            glue.EmitOnUpgrade(onUpgrade);
        if (spec.OnOpen is { } onOpen)
            glue.EmitOnOpen(onOpen);
        if (spec.OnMessage.Count > 0)
            glue.EmitOnMessage();
        if (spec.OnBinary is { } onBinary)
            glue.EmitOnBinary(onBinary);
        if (spec.OnError.Count > 0)
            glue.EmitOnError();
        if (spec.OnClose is { } onClose)
            glue.EmitOnClose(onClose);
        if (spec.Run is { } run)
            glue.EmitRun(run);
    }

    private static string Uncompressed(ControllerSpec spec) =>
        spec.Uncompressed[0] == spec.Sends.Type ? "_ => true" : $"message => message is {string.Join(" or ", spec.Uncompressed)}";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
