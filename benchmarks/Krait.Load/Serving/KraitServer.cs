namespace Krait.Load.Serving;

/// <summary>Controllers as anybody would write them.</summary>
internal static class KraitServer
{
    public static void Add(WebApplicationBuilder builder) => builder.Services.AddKrait(options => options.MaxMessageSize = Limits.LargestMessage);

    public static void Map(WebApplication app) => app.MapWebSocketControllers();
}

[WebSocketController("/binary")]
public sealed partial class BinaryController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}

[WebSocketController("/text")]
public sealed partial class TextController
{
    [OnMessage]
    private static string Echo(string message) => message;
}

[WebSocketController("/json")]
public sealed partial class JsonController
{
    [OnMessage]
    private static Moved Move(Move command) => Moved.By(command);
}
