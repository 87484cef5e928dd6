namespace Krait.Generators.Emission;

/// <summary>Writes the lambdas that construct a controller and call its handlers.</summary>
internal static class GlueEmitter
{
    private const string Message = "static (controller, message, connection) =>";

    private const string NoHandler =
        "throw new global::Krait.InvalidMessageException("
            + "global::Krait.InvalidMessageKind.UnknownType, \"No handler takes the message.\");";

    public static IEnumerable<(string Name, string? Value)> Emit(ControllerSpec spec) =>
    [
        ("Create", Create(spec)),
        ("Attach", Attach(spec)),
        ("OnUpgrade", spec.OnUpgrade is { } onUpgrade ? $"static bind => {CallEmitter.Upgrade(onUpgrade, spec)}" : null),
        ("OnOpen", spec.OnOpen is { } onOpen ? OnOpen(onOpen, spec) : null),
        ("OnMessage", OnMessage(spec)),
        ("OnBinary", spec.OnBinary is { } onBinary
            ? CallEmitter.Lambda(Message, onBinary, spec, Binary(onBinary.Selector!.Pattern))
            : null),
        ("OnError", spec.OnError.Count > 0
            ? Switch("static (controller, error, message, connection) =>", "error", spec.OnError, spec, "return null;")
            : null),
        .. Events(spec),
        ("HandlerServices", Services(spec)),
        .. Types(spec),
        ("Run", spec.Run is { } run ? CallEmitter.Lambda("static (controller, messages, connection) =>", run, spec) : null),
        ("RunOwnsThread", spec.Run is { Returns: ReturnShape.Nothing } ? "true" : null),
        ("Decoder", CodecEmitter.Emit(spec.Contract.Receives, spec.IsQueue)),
        ("Encoder", CodecEmitter.Emit(spec.Contract.Sends, spec.IsQueue)),
    ];

    /// <summary>The handlers of what happens to the connection.</summary>
    private static IEnumerable<(string Name, string? Value)> Events(ControllerSpec spec) =>
    [
        ("OnLost", Event(spec.OnLost, "lost", spec)),
        ("OnPresence", Event(spec.OnPresence, "change", spec)),
        ("OnDrain", Event(spec.OnDrain, "drain", spec)),
        ("OnExpiring", Event(spec.OnExpiring, "expiration", spec)),
        ("OnClose", spec.OnClose is { } onClose
            ? CallEmitter.Lambda("static (controller, close, cancellationToken) =>", onClose, spec)
            : null),
    ];

    private static string? Event(HandlerSpec? handler, string subject, ControllerSpec spec) => handler is null
        ? null
        : CallEmitter.Lambda($"static (controller, {subject}, connection) =>", handler, spec, subject);

    /// <summary>What depends on the type of a message.</summary>
    private static IEnumerable<(string Name, string? Value)> Types(ControllerSpec spec) =>
    [
        ("ReceivedCases", CaseEmitter.Names(spec.Contract.Receives)),
        ("ReceivedCase", CaseEmitter.Index(spec.Contract.Receives)),
        ("TraceParent", TraceParentEmitter.Emit(spec.Contract.TraceParents)),
        ("SentCases", CaseEmitter.Names(spec.Contract.Sends)),
        ("SentCase", CaseEmitter.Index(spec.Contract.Sends)),
        ("WhenSlow", PolicyEmitter.Emit(spec)),
        ("WithPosition", PositionEmitter.Emit(spec.Contract.Positions)),
    ];

    private static string Attach(ControllerSpec spec) => spec.IsQueue
        ? ControllerEmitter.Block(
            "controller.Connection = connection;\ncontroller.Messages = messages;",
            "static (controller, connection, messages) =>")
        : "static (controller, connection, _) => controller.Connection = connection";

    private static string? OnMessage(ControllerSpec spec) => spec.OnMessage switch
    {
        [] => null,
        [{ IsCatchAll: true } only] => CallEmitter.Lambda(Message, only, spec),
        _ => Switch(Message, "message", spec.OnMessage, spec, NoHandler),
    };

    /// <summary>The services that handlers require; null if there are none.</summary>
    private static string? Services(ControllerSpec spec)
    {
        const string service = "global::Krait.CompilerServices.HandlerService";
        var handlers = spec.OnMessage.Concat(spec.OnError)
            .Concat([spec.OnBinary, spec.OnLost, spec.OnPresence, spec.OnDrain, spec.OnExpiring, spec.OnClose])
            .OfType<HandlerSpec>();
        var services = (
            from parameter in handlers.Where(CallEmitter.TakesServices).SelectMany(handler => handler.Parameters)
            where !parameter.IsOptional && parameter.Source is ParameterSource.Service or ParameterSource.KeyedService
            select $"{service}.Of<{parameter.Type}>({BindingEmitter.ServiceKey(parameter)}),").Distinct().ToList();
        return services.Count == 0 ? null : Template.Of($"""
            [
                {services}
            ]
            """);
    }

    private static string Create(ControllerSpec spec)
    {
        var arguments = string.Join(",\n", spec.Constructor.Select(BindingEmitter.Expression));
        return spec.Constructor.Count > 1
            ? Template.Of($"""
                static bind => new {spec.Type.FullName}(
                    {arguments})
                """)
            : $"static {(arguments.Length == 0 ? "_" : "bind")} => new {spec.Type.FullName}({arguments})";
    }

    /// <summary>Binds before the upgrade what can refuse it, and calls the handler after it.</summary>
    private static string OnOpen(HandlerSpec handler, ControllerSpec spec)
    {
        var bound = handler.Parameters.Where(parameter => BindingEmitter.IsBound(parameter.Source)).ToList();
        if (bound.Count == 0)
            return CallEmitter.Lambda("static _ => static (controller, connection) =>", handler, spec);

        var locals = bound.Select(parameter =>
            $"var {CallEmitter.Local(parameter, handler)} = {BindingEmitter.Expression(parameter)};\n");
        return ControllerEmitter.Block(
            string.Concat(locals) + CallEmitter.Lambda("return (controller, connection) =>", handler, spec) + ";",
            "static bind =>");
    }

    private static string Switch(
        string header, string subject, EquatableArray<HandlerSpec> handlers, ControllerSpec spec, string otherwise)
    {
        var cases = handlers.Select(handler => handler.IsCatchAll
            ? Case("default:", CallEmitter.Statements(handler, spec, subject))
            : Case($"case {handler.Selector!.Pattern} match:", CallEmitter.Statements(handler, spec, "match")));
        var all = handlers.Any(handler => handler.IsCatchAll) ? cases : cases.Append(Case("default:", otherwise));
        return ControllerEmitter.Block(ControllerEmitter.Block(string.Join("\n", all), $"switch ({subject})"), header);
    }

    private static string Case(string label, string statements) => Template.Of($"""
        {label}
            {statements}
        """);

    /// <summary>The handler of binary frames next to text: it takes the message itself, or its bytes.</summary>
    private static string Binary(string type) => type switch
    {
        "global::Krait.RawMessage" => "message",
        "byte[]" => "message.Payload.ToArray()",
        _ => "message.Payload",
    };
}
