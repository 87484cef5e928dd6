namespace Krait.Generators.Parsing;

/// <summary>The parameters and return types of each kind of handler: as checks, and in words for messages.</summary>
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
    public static bool TakesServices(HandlerKind kind) =>
        kind is HandlerKind.OnMessage or HandlerKind.OnError or HandlerKind.OnLost or HandlerKind.OnPresence
            or HandlerKind.OnDrain or HandlerKind.OnExpiring or HandlerKind.OnClose;

    /// <summary>Why no handler of this kind can return the type, whatever its messages are; null if one can.</summary>
    public static string? UnfitReturn(Handler handler) =>
        !Allows(handler.Kind, handler.Returns) ? Returns(handler.Kind)
        : Misunderstood(handler) ?? Null(handler);

    private static string? Null(Handler handler) =>
        MayBeNull(handler) ? "it may return null, and Krait cannot wait for null; remove the '?'"
        : null;

    /// <summary>
    /// Why a returned type of Krait, ASP.NET Core or .NET is never a message, and what to return instead; null if it may be one.
    /// </summary>
    public static string? Misunderstood(Handler handler) =>
        handler is { Kind: not HandlerKind.OnUpgrade, Value: INamedTypeSymbol value }
            ? (value.ContainingNamespace.ToDisplayString(), value.Name) switch
            {
                ("Krait", "Encoded") => "an Encoded is sent with Connection.SendAsync; return the message itself",
                ("Krait", "UpgradeDecision") =>
                    "only [OnUpgrade] decides on an upgrade; return a message, or call Connection.Close",
                ("Microsoft.AspNetCore.Http", "IResult") => "there is no HTTP response after the upgrade; return a message",
                ("System.Threading.Channels", "ChannelReader") => "a ChannelReader is not a message; return its ReadAllAsync()",
                ("System.Threading.Tasks", "Task" or "ValueTask") => "it returns a task in a task; await the inner one",
                _ => null,
            }
            : null;

    private static bool MayBeNull(Handler handler) => handler.Method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated
        && (handler.Returns is ReturnShape.Task or ReturnShape.TaskOfValue
            || handler is { Returns: ReturnShape.Stream, Kind: HandlerKind.Run });

    public static string Returns(HandlerKind kind) => Subject(kind) + " returns " + kind switch
    {
        HandlerKind.OnUpgrade => "an UpgradeDecision, or a Task or ValueTask of it",
        HandlerKind.OnClose => "nothing, Task or ValueTask",
        HandlerKind.Run => "nothing, Task, ValueTask or an IAsyncEnumerable of messages to send",
        _ => "nothing, Task, ValueTask, a message, or a Task, ValueTask or IAsyncEnumerable of messages",
    };

    public static string Parameters(HandlerKind kind) => Subject(kind) + kind switch
    {
        HandlerKind.OnMessage => " takes the message, and optionally services marked [FromServices] and a CancellationToken",
        HandlerKind.OnError =>
            " takes an exception, and optionally the message that failed, services marked [FromServices] and a CancellationToken",
        HandlerKind.OnLost => Event("LostMessages"),
        HandlerKind.OnPresence =>
            " takes a PresenceChange, and optionally services marked [FromServices] and a CancellationToken",
        HandlerKind.OnDrain => Event("DrainInfo"),
        HandlerKind.OnExpiring => Event("ExpirationInfo"),
        HandlerKind.OnClose => Event("CloseInfo"),
        HandlerKind.Run =>
            " can take a ChannelReader or an IAsyncEnumerable of the messages, and a CancellationToken; take services in the "
                + "constructor",
        _ => " can take route, query and header values, services and a CancellationToken",
    };

    private static string Event(string info) => $" can take {info}, services marked [FromServices] and a CancellationToken";

    private static string Subject(HandlerKind kind) => kind == HandlerKind.Run ? "a [Run] method" : $"an [{kind}] handler";
}
