namespace Krait.Generators.Emission;

/// <summary>Writes the call of a handler and what becomes of its result.</summary>
internal static class CallEmitter
{
    private const string Replies = "global::Krait.CompilerServices.Replies";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    /// <summary>The names that the lambdas give their own parameters.</summary>
    private static readonly string[] Reserved = ["bind", "controller", "connection"];

    /// <summary>Writes a lambda that calls the handler.</summary>
    public static void Lambda(SourceWriter writer, string header, HandlerSpec handler, ControllerSpec spec, string end, string match = "message")
    {
        if (handler.Returns != ReturnShape.Nothing)
        {
            writer.Line($"{header} {Result(handler, spec, match)}{end}");
            return;
        }

        using (writer.Block(header, "}" + end))
            Statements(writer, handler, spec, match);
    }

    /// <summary>Writes statements that call the handler, with the variable that chose it, and return.</summary>
    public static void Statements(SourceWriter writer, HandlerSpec handler, ControllerSpec spec, string match)
    {
        if (handler.Returns == ReturnShape.Nothing)
            writer.Line($"{Call(handler, spec, match)};").Line($"return {ValueTask}.CompletedTask;");
        else if (handler is { Kind: HandlerKind.OnError, Correlation: { } correlation })
            writer.Line($"return message is {correlation.Message}")
                .Line($"    ? {Result(handler, spec, match, $"(({correlation.Message})message)")}")
                .Line($"    : {Result(handler with { Correlation = null }, spec, match)};");
        else
            writer.Line($"return {Result(handler, spec, match)};");
    }

    /// <summary>The call alone.</summary>
    public static string Call(HandlerSpec handler, ControllerSpec spec, string match = "")
    {
        var arguments = string.Join(", ", handler.Parameters.Select(parameter => Argument(handler, parameter, match)));
        return $"{(handler.IsStatic ? spec.Type.FullName : "controller")}.{handler.Name}({arguments})";
    }

    /// <summary>The local variable that holds a bound parameter of [OnOpen] until the connection is open.</summary>
    public static string Local(ParameterSpec parameter) => Reserved.Contains(parameter.Name) ? parameter.Name + "Value" : parameter.Name;

    private static string Result(HandlerSpec handler, ControllerSpec spec, string match, string? answered = null)
    {
        var call = Call(handler, spec, match);
        var nullable = handler.RepliesNullableValue || handler.Correlation is { Null: ReplyNull.Value } ? "Nullable" : "";
        var correlation = handler.Correlation is { } found ? $", {answered ?? match}.{found.Id}, static (reply, id) => {Correlate(found)}" : "";
        return handler.Returns switch
        {
            ReturnShape.Task => $"new {ValueTask}({call})",
            ReturnShape.ValueTask => call,
            ReturnShape.Value => $"{Replies}.Reply{nullable}(connection, {call}{correlation})",
            ReturnShape.Stream => $"{Replies}.{(handler.Kind == HandlerKind.Run ? "SendAll" : "Stream")}(connection, {call}{correlation})",
            _ => $"{Replies}.Reply{nullable}Async(connection, {call}{correlation})",
        };
    }

    private static string Correlate(CorrelationSpec correlation)
    {
        var reply = correlation.Null == ReplyNull.Reference ? "reply!" : "reply";
        return correlation.IsAssigned ? $"{{ {reply}.{correlation.ReplyId} = id; return reply; }}" : $"{reply} with {{ {correlation.ReplyId} = id }}";
    }

    private static string Argument(HandlerSpec handler, ParameterSpec parameter, string match) => parameter.Source switch
    {
        ParameterSource.Stopping => "connection.Stopping",
        ParameterSource.Connection => "connection",
        ParameterSource.Message or ParameterSource.Error => match,
        ParameterSource.FailedMessage => $"message as {parameter.Type}",
        ParameterSource.CloseInfo => "close",
        ParameterSource.CloseDeadline => "cancellationToken",
        ParameterSource.Messages => "messages",
        ParameterSource.MessageStream => "messages.ReadAllAsync()",
        _ => handler.Kind == HandlerKind.OnOpen ? Local(parameter) : BindingEmitter.Expression(parameter),
    };
}
