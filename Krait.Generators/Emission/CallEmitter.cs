namespace Krait.Generators.Emission;

/// <summary>Writes the call of a handler and the use of its result.</summary>
internal static class CallEmitter
{
    private const string Connection = "global::Krait.WebSocketConnection";
    private const string Replies = "global::Krait.CompilerServices.Replies";
    private const string Stream = "global::System.Collections.Generic.IAsyncEnumerable";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    /// <summary>The names of the parameters of the generated lambdas.</summary>
    private static readonly string[] Reserved = ["bind", "controller", "connection"];

    /// <summary>Whether a scope of services is made for each call of the handler.</summary>
    public static bool TakesServices(HandlerSpec handler) =>
        Grammar.TakesServices(handler.Kind)
            && handler.Parameters.Any(parameter => parameter.Source is ParameterSource.Service or ParameterSource.KeyedService);

    public static string Lambda(string header, HandlerSpec handler, ControllerSpec spec, string match = "message") =>
        TakesServices(handler) ? $"{header} {Scoped(handler, spec, match)}" : Direct(header, handler, spec, match);

    /// <summary>Statements that call the handler with the variable of the matched type, and return.</summary>
    public static string Statements(HandlerSpec handler, ControllerSpec spec, string match) =>
        TakesServices(handler) ? $"return {Scoped(handler, spec, match)};" : DirectStatements(handler, spec, match);

    /// <summary>
    /// The call within its own scope. It passes all values as arguments, because a captured variable would cost other handlers
    /// an allocation.
    /// </summary>
    private static string Scoped(HandlerSpec handler, ControllerSpec spec, string match)
    {
        var subject = match.Split('.')[0];
        var (given, taken, last) = handler.Kind switch
        {
            HandlerKind.OnError =>
                ($"controller, {subject}, message, connection", $"controller, {subject}, message, connection", ""),
            HandlerKind.OnClose =>
                ("controller, close, controller.Connection", "controller, close, cancellationToken", ", cancellationToken"),
            _ => ($"controller, {subject}, connection", $"controller, {subject}, connection", ""),
        };
        return Template.Of($"""
            global::Krait.CompilerServices.CallServices.CallAsync({given},
                {Direct($"static (bind, {taken}) =>", handler, spec, match)}{last})
            """);
    }

    private static string Direct(string header, HandlerSpec handler, ControllerSpec spec, string match) =>
        handler is { Returns: ReturnShape.Nothing } or { Kind: HandlerKind.OnError, Correlation: not null }
            ? ControllerEmitter.Block(DirectStatements(handler, spec, match), header)
            : $"{header} {Result(handler, spec, match)}";

    private static string DirectStatements(HandlerSpec handler, ControllerSpec spec, string match) => handler switch
    {
        { Returns: ReturnShape.Nothing } => $"{Call(handler, spec, match)};\nreturn {ValueTask}.CompletedTask;",
        { Kind: HandlerKind.OnError, Correlation: { } correlation } => $"""
            return message is {correlation.Message.Reference}
                ? {Result(handler, spec, match, $"(({correlation.Message.Reference})message)")}
                : {Result(Uncorrelated(handler), spec, match)};
            """,
        _ => $"return {Result(handler, spec, match)};",
    };

    private static HandlerSpec Uncorrelated(HandlerSpec handler) => handler with
    {
        Operation = handler.Operation with { Reply = handler.Operation.Reply! with { Correlation = null } },
    };

    public static string Upgrade(HandlerSpec handler, ControllerSpec spec) =>
        handler.Returns == ReturnShape.ValueTaskOfValue
            ? Call(handler, spec, "")
            : $"new {ValueTask}<global::Krait.UpgradeDecision>({Call(handler, spec, "")})";

    /// <summary>The local variable that holds a bound parameter of [OnOpen] until the connection is open.</summary>
    public static string Local(ParameterSpec parameter, HandlerSpec handler)
    {
        var name = parameter.Name;
        while (Reserved.Contains(name) || (name != parameter.Name && handler.Parameters.Any(other => other.Name == name)))
            name += "Value";

        return TypeNames.Escape(name);
    }

    private static string Call(HandlerSpec handler, ControllerSpec spec, string match)
    {
        var arguments = handler.Parameters.Select(parameter => Argument(handler, parameter, match, spec));
        var receiver = handler.IsStatic ? spec.Type.FullName : "controller";
        return $"{receiver}.{TypeNames.Escape(handler.Name)}({string.Join(", ", arguments)})";
    }

    private static string Result(HandlerSpec handler, ControllerSpec spec, string match, string? answered = null)
    {
        var call = Call(handler, spec, match);
        if (handler.Returns == ReturnShape.Stream && TakesServices(handler))
            call = $"bind.Keep({call})";

        var isNullable = handler.RepliesNullableValue
            || handler.Operation.Reply is { Null: ReplyNull.Value, Correlation: not null };
        var nullable = isNullable ? "Nullable" : "";
        var correlation = Correlation(handler.Operation.Reply, answered ?? match);
        return handler.Returns switch
        {
            ReturnShape.Task => $"new {ValueTask}({call})",
            ReturnShape.ValueTask => call,
            ReturnShape.Value => $"{Replies}.Reply{nullable}(connection, {call}{correlation})",
            ReturnShape.Stream =>
                $"{Replies}.{(handler.Kind == HandlerKind.Run ? "SendAll" : "Stream")}(connection, {call}{correlation})",
            _ => $"{Replies}.Reply{nullable}Async(connection, {call}{correlation})",
        };
    }

    /// <summary>The id of the message, and how a reply gets it; empty if no reply does.</summary>
    private static string Correlation(ReplySpec? reply, string message)
    {
        if (reply?.Correlation is not { } correlation)
            return "";

        var name = reply.Null == ReplyNull.Reference ? "reply!" : "reply";
        var property = TypeNames.Escape(correlation.ReplyId);
        var correlate = correlation.IsAssigned
            ? $"{{ {name}.{property} = id; return reply; }}"
            : $"{name} with {{ {property} = id }}";
        var id = TypeNames.Escape(correlation.Id) + (correlation.ForgivesNull ? "!" : "");
        return $", {message}.{id}, static (reply, id) => {correlate}";
    }

    // Cast to the declared type; else an overload for a derived type would be called instead.
    private static string Argument(
        HandlerSpec handler, ParameterSpec parameter, string match, ControllerSpec spec) => parameter.Source switch
        {
            ParameterSource.Stopping => "connection.Stopping",
            ParameterSource.Connection when parameter.Type != $"{Connection}<{spec.Contract.Sends.Type.Reference}>" =>
                $"({parameter.Type})connection",
            ParameterSource.Connection => "connection",
            ParameterSource.Message when handler.IsCatchAll && parameter.Type != spec.Contract.Receives.Type.Reference =>
                $"({parameter.Type}){match}",
            ParameterSource.MessageStream when parameter.Type != $"{Stream}<{spec.Contract.Receives.Type.Reference}>" =>
                $"({parameter.Type})messages.ReadAllAsync()",
            ParameterSource.Message or ParameterSource.Error => match,
            ParameterSource.FailedMessage => $"message as {parameter.Type}",
            ParameterSource.Lost => "lost",
            ParameterSource.Presence => $"({parameter.Type})change",
            ParameterSource.Drain => "drain",
            ParameterSource.Expiration => "expiration",
            ParameterSource.CloseInfo => "close",
            ParameterSource.CloseDeadline => "cancellationToken",
            ParameterSource.Messages => "messages",
            ParameterSource.MessageStream => "messages.ReadAllAsync()",
            _ => handler.Kind == HandlerKind.OnOpen ? Local(parameter, handler) : BindingEmitter.Expression(parameter),
        };
}
