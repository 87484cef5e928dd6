namespace Krait.Load.Serving;

/// <summary>
/// Where clients flood: the same handlers without a limit, and with one for each thing that Krait can do with a message over it.
/// </summary>
internal static class FloodPaths
{
    public const string Free = "/binary";
    public const string Refuse = "/flood/refuse";
    public const string Wait = "/flood/wait";
    public const string Close = "/flood/close";
    public const string FreeJson = "/json";
    public const string RefuseJson = "/flood/json";

    /// <summary>How many messages each limit allows in a second.</summary>
    public const int Limit = 20;
}

[RateLimit(FloodPaths.Limit, WhenOver = WhenOver.Refuse)]
[WebSocketController(FloodPaths.Refuse)]
public sealed partial class RefusingController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;

    [OnError]
    private static void Refuse(RateLimitedException error) => ArgumentNullException.ThrowIfNull(error); // the connection goes on
}

[RateLimit(FloodPaths.Limit, WhenOver = WhenOver.Wait)]
[WebSocketController(FloodPaths.Wait)]
public sealed partial class WaitingController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}

[RateLimit(FloodPaths.Limit, WhenOver = WhenOver.Close)]
[WebSocketController(FloodPaths.Close)]
public sealed partial class ClosingController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}

[RateLimit(FloodPaths.Limit, WhenOver = WhenOver.Refuse)]
[WebSocketController(FloodPaths.RefuseJson)]
public sealed partial class RefusingJsonController
{
    [OnMessage]
    private static Moved Move(Move command) => Moved.By(command);

    [OnError]
    private static void Refuse(RateLimitedException error) => ArgumentNullException.ThrowIfNull(error); // the connection goes on
}
