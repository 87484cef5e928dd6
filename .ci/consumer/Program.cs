using System.Text.Json.Serialization;
using Krait;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKrait();

var app = builder.Build();
app.MapWebSocketControllers();
app.Run();

public sealed record Hello(string Name);

public sealed record Greeting(string Text);

[WebSocketController("/greetings/{language}")]
public sealed partial class GreetingController(string language)
{
    [OnMessage]
    Greeting Greet(Hello hello) => new($"{language}: {hello.Name}");
}

[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class Messages : JsonSerializerContext;
