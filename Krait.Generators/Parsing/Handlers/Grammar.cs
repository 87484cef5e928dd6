namespace Krait.Generators.Parsing;

/// <summary>What the handlers of each kind may take and return, as a rule and in words.</summary>
internal static class Grammar
{
    public static bool Allows(HandlerKind kind, ReturnShape shape) => kind switch
    {
        HandlerKind.OnUpgrade => shape is ReturnShape.Value or ReturnShape.TaskOfValue or ReturnShape.ValueTaskOfValue,
        HandlerKind.OnClose or HandlerKind.Run => shape is ReturnShape.Nothing or ReturnShape.Task or ReturnShape.ValueTask || (kind == HandlerKind.Run && shape == ReturnShape.Stream),
        _ => true,
    };

    public static string Returns(HandlerKind kind) => "it returns " + kind switch
    {
        HandlerKind.OnUpgrade => "UpgradeDecision, or a Task or ValueTask of it",
        HandlerKind.OnClose => "nothing, Task or ValueTask",
        HandlerKind.Run => "nothing, Task, ValueTask or IAsyncEnumerable of what is sent",
        _ => "nothing, Task, ValueTask, or a message, alone or in a Task, ValueTask or IAsyncEnumerable",
    };

    public static string Parameters(HandlerKind kind) => "it takes " + kind switch
    {
        HandlerKind.OnMessage => "the message and, if it likes, a CancellationToken",
        HandlerKind.OnError => "an exception and, if it likes, the message that failed and a CancellationToken",
        HandlerKind.OnClose => "CloseInfo and a CancellationToken, or less",
        HandlerKind.Run => "ChannelReader or IAsyncEnumerable of the messages and a CancellationToken, or less",
        _ => "route, query and header values, services and a CancellationToken",
    };
}
