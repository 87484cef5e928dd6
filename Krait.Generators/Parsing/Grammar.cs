namespace Krait.Generators.Parsing;

/// <summary>What the handlers of each kind may take and return, as a rule and in words.</summary>
internal static class Grammar
{
    public static bool Allows(HandlerKind kind, ReturnShape shape) => kind switch
    {
        HandlerKind.OnUpgrade => shape is ReturnShape.Value or ReturnShape.TaskOfValue or ReturnShape.ValueTaskOfValue,
        HandlerKind.OnClose => shape is ReturnShape.Nothing or ReturnShape.Task or ReturnShape.ValueTask,
        HandlerKind.Run => shape is ReturnShape.Nothing or ReturnShape.Task or ReturnShape.ValueTask or ReturnShape.Stream,
        _ => true,
    };

    public static string Returns(HandlerKind kind) => kind switch
    {
        HandlerKind.OnUpgrade => "it returns UpgradeDecision, or a Task or ValueTask of it",
        HandlerKind.OnClose => "it returns nothing, Task or ValueTask",
        HandlerKind.Run => "it returns nothing, Task, ValueTask or IAsyncEnumerable of what is sent",
        _ => "it returns nothing, Task, ValueTask, or a message, alone or in a Task, ValueTask or IAsyncEnumerable",
    };

    public static string Parameters(HandlerKind kind) => kind switch
    {
        HandlerKind.OnMessage => "it takes the message and, if it likes, a CancellationToken",
        HandlerKind.OnError => "it takes an exception and, if it likes, the message that failed and a CancellationToken",
        HandlerKind.OnClose => "it takes CloseInfo and a CancellationToken, or less",
        HandlerKind.Run => "it takes ChannelReader or IAsyncEnumerable of the messages and a CancellationToken, or less",
        _ => "it takes route, query and header values, services and a CancellationToken",
    };
}
