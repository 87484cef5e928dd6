namespace Krait.Generators.Emission;

/// <summary>Writes the lambdas that construct a controller and call its handlers.</summary>
internal sealed class GlueEmitter(SourceWriter writer, ControllerSpec spec)
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public void EmitCreate()
    {
        if (spec.Constructor.Count <= 1)
        {
            var argument = string.Concat(spec.Constructor.Select(BindingEmitter.Expression));
            writer.Line($"Create = static {(argument.Length == 0 ? "_" : "bind")} => new {spec.Type.FullName}({argument}),");
            return;
        }

        writer.Line($"Create = static bind => new {spec.Type.FullName}(");
        using (writer.Indent())
        {
            for (var index = 0; index < spec.Constructor.Count; index++)
                writer.Line(BindingEmitter.Expression(spec.Constructor[index]) + (index + 1 < spec.Constructor.Count ? "," : "),"));
        }
    }

    public void EmitAttach()
    {
        if (!spec.IsQueue)
        {
            writer.Line("Attach = static (controller, connection, _) => controller.Connection = connection,");
            return;
        }

        using (writer.Block("Attach = static (controller, connection, messages) =>", "},"))
            writer.Line("controller.Connection = connection;").Line("controller.Messages = messages;");
    }

    public void EmitOnUpgrade(HandlerSpec handler)
    {
        var call = CallEmitter.Call(handler, spec);
        var result = handler.Returns == ReturnShape.ValueTaskOfValue ? call : $"new {ValueTask}<global::Krait.UpgradeDecision>({call})";
        writer.Line($"OnUpgrade = static bind => {result},");
    }

    /// <summary>What can refuse the upgrade is bound before it; the rest is called after it.</summary>
    public void EmitOnOpen(HandlerSpec handler)
    {
        var bound = handler.Parameters.Where(parameter => BindingEmitter.IsBound(parameter.Source)).ToList();
        if (bound.Count == 0)
        {
            CallEmitter.Lambda(writer, "OnOpen = static _ => static (controller, connection) =>", handler, spec, ",");
            return;
        }

        using (writer.Block("OnOpen = static bind =>", "},"))
        {
            foreach (var parameter in bound)
                writer.Line($"var {CallEmitter.Local(parameter)} = {BindingEmitter.Expression(parameter)};");

            CallEmitter.Lambda(writer, "return (controller, connection) =>", handler, spec, ";");
        }
    }

    public void EmitOnMessage()
    {
        const string header = "OnMessage = static (controller, message, connection) =>";
        if (spec.OnMessage.Count == 1 && spec.OnMessage[0].IsCatchAll)
        {
            CallEmitter.Lambda(writer, header, spec.OnMessage[0], spec, ",");
            return;
        }

        using (writer.Block(header, "},"))
        using (writer.Block("switch (message)"))
        {
            foreach (var handler in spec.OnMessage)
            {
                if (handler.IsCatchAll)
                    EmitCase("default:", handler, "message");
                else
                    EmitCase($"case {handler.Selector} match:", handler, "match");
            }

            if (!spec.OnMessage.Any(handler => handler.IsCatchAll))
            {
                writer.Line("default:");
                using (writer.Indent())
                    writer.Line("throw new global::Krait.InvalidMessageException(global::Krait.InvalidMessageKind.UnknownType, \"No handler takes the message.\");");
            }
        }
    }

    /// <summary>Binary frames beside text: the handler takes the message itself or what is in it.</summary>
    public void EmitOnBinary(HandlerSpec handler)
    {
        var match = handler.Selector switch
        {
            "global::Krait.RawMessage" => "message",
            "byte[]" => "message.Payload.ToArray()",
            _ => "message.Payload",
        };
        CallEmitter.Lambda(writer, "OnBinary = static (controller, message, connection) =>", handler, spec, ",", match);
    }

    public void EmitOnError()
    {
        using (writer.Block("OnError = static (controller, error, message, connection) =>", "},"))
        using (writer.Block("switch (error)"))
        {
            foreach (var handler in spec.OnError)
                EmitCase($"case {handler.Selector} match:", handler, "match");

            writer.Line("default:");
            using (writer.Indent())
                writer.Line("return null;");
        }
    }

    public void EmitOnClose(HandlerSpec handler) =>
        CallEmitter.Lambda(writer, "OnClose = static (controller, close, cancellationToken) =>", handler, spec, ",");

    public void EmitRun(HandlerSpec handler)
    {
        CallEmitter.Lambda(writer, "Run = static (controller, messages, connection) =>", handler, spec, ",");
        if (handler.Returns == ReturnShape.Nothing)
            writer.Line("RunOwnsThread = true,");
    }

    private void EmitCase(string label, HandlerSpec handler, string match)
    {
        writer.Line(label);
        using (writer.Indent())
            CallEmitter.Statements(writer, handler, spec, match);
    }
}
