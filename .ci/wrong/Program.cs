using System.Text.Json.Serialization;
using Krait;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKrait();

var app = builder.Build();
app.MapWebSocketControllers();
app.Run();

public sealed record Note(string Text);

[JsonSerializable(typeof(string))]
internal sealed partial class Messages : JsonSerializerContext;

[WebSocketController("/krait001")]
public sealed class NotPartialController
{
    [OnMessage]
    string Echo(string message) => message;
}

public static class Rooms
{
    [WebSocketController("/krait007")]
    private sealed partial class HiddenController
    {
        [OnMessage]
        string Echo(string message) => message;
    }
}

[WebSocketController("/krait023", Protocols = "echo.v2, echo.v1, echo.v2")]
public sealed partial class TwiceController
{
    [OnMessage]
    string Echo(string message) => message;
}

[WebSocketController("/krait043")]
public sealed partial class AsyncVoidController
{
    [OnMessage]
    async void Echo(string message) => await SendAsync(message);
}

[WebSocketController("/krait047")]
public sealed partial class CheckedController
{
    [OnUpgrade]
    UpgradeDecision Check(UpgradeRequest request) => request.Protocols.Count > 4 ? UpgradeDecision.Deny(400) : UpgradeDecision.Accept();

    [OnMessage]
    string Echo(string message) => message;
}

[WebSocketController("/krait070")]
public sealed partial class NoteController
{
    [OnMessage]
    Note Echo(Note note) => note;
}

[WebSocketController("/krait090")]
public sealed partial class FileController
{
    [OnMessage]
    string Read(string path) => File.ReadAllText(Path.GetFileName(path));
}

[WebSocketController("/krait091")]
public sealed partial class IgnoringController
{
    [OnMessage]
    void Echo(string message)
    {
        SendAsync(message);
    }
}
