using System.Text.Json.Serialization;
using Krait;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddKraitRedis(builder.Configuration["redis"]!);
builder.Services.AddRooms<Line>(rooms => rooms.History = new(length: 100, age: TimeSpan.FromMinutes(5)));
builder.Services.AddHealthChecks().AddKraitRedis();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapWebSocketControllers();
app.Run();

public sealed record Line(string Text);

[WebSocketController("/lines/{room}")]
public sealed partial class LinesController([Room("lines/{room}")] IRoom<Line> room)
{
    [OnMessage]
    void Say(Line line) => room.Send(line);
}

[JsonSerializable(typeof(Line))]
internal sealed partial class Lines : JsonSerializerContext;
