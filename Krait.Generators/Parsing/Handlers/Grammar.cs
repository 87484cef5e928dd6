namespace Krait.Generators.Parsing;

/// <summary>What the handlers of each kind may take and return, as a rule and in words.</summary>
internal static class Grammar
{
    private static bool Allows(HandlerKind kind, ReturnShape shape) => kind switch
    {
        HandlerKind.OnUpgrade => shape is ReturnShape.Value or ReturnShape.TaskOfValue or ReturnShape.ValueTaskOfValue,
        HandlerKind.OnClose => shape is ReturnShape.Nothing or ReturnShape.Task or ReturnShape.ValueTask,
        HandlerKind.Run => shape is ReturnShape.Nothing or ReturnShape.Task or ReturnShape.ValueTask or ReturnShape.Stream,
        _ => true,
    };

    /// <summary>Whether a handler may take services that live as long as its call.</summary>
    public static bool TakesServices(HandlerKind kind) => kind is HandlerKind.OnMessage or HandlerKind.OnError or HandlerKind.OnClose;

    /// <summary>Why nothing could be made of what a handler returns, whatever its messages are; null if something can.</summary>
    public static string? UnfitReturn(Handler handler) =>
        !Allows(handler.Kind, handler.Returns) ? Returns(handler.Kind)
        : MayBeNull(handler) ? "what it returns may be null, and then there is nothing to wait for; remove the '?'"
        : null;

    private static bool MayBeNull(Handler handler) => handler.Method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated
        && (handler.Returns is ReturnShape.Task or ReturnShape.TaskOfValue || handler is { Returns: ReturnShape.Stream, Kind: HandlerKind.Run });

    public static string Returns(HandlerKind kind) => Subject(kind) + " returns " + kind switch
    {
        HandlerKind.OnUpgrade => "UpgradeDecision, or a Task or ValueTask of it",
        HandlerKind.OnClose => "nothing, Task or ValueTask",
        HandlerKind.Run => "nothing, Task, ValueTask or an IAsyncEnumerable of messages to send",
        _ => "nothing, Task, ValueTask, or a message, alone or in a Task, ValueTask or IAsyncEnumerable",
    };

    public static string Parameters(HandlerKind kind) => Subject(kind) + " takes " + kind switch
    {
        HandlerKind.OnMessage => "the message, services marked [FromServices], and optionally a CancellationToken",
        HandlerKind.OnError => "an exception, optionally the message that failed, services marked [FromServices], and optionally a CancellationToken",
        HandlerKind.OnClose => "optionally CloseInfo, services marked [FromServices], and optionally a CancellationToken",
        HandlerKind.Run => "optionally a ChannelReader or an IAsyncEnumerable of the messages, and optionally a CancellationToken; take services in the constructor",
        _ => "route, query and header values, services and a CancellationToken",
    };

    private static string Subject(HandlerKind kind) => kind == HandlerKind.Run ? "a [Run] method" : $"an [{kind}] handler";
}
