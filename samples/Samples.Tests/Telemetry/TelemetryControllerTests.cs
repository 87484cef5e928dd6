using System.Net.WebSockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry;

namespace Samples.Tests.Telemetry;

public sealed class TelemetryControllerTests : IAsyncLifetime
{
    private readonly Readings readings = new();
    private WebApplication app = null!;
    private WebSocket device = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddKrait();
        builder.Services.AddSingleton(readings);
        app = builder.Build();
        app.MapWebSocketController<TelemetryController>();
        await app.StartAsync(Cancelled);

        var connector = app.GetTestServer().CreateWebSocketClient();
        connector.SubProtocols.Add("telemetry.v1+proto");
        device = await connector.ConnectAsync(new Uri("ws://localhost/telemetry/attic"), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        device.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_device_that_introduces_itself_is_told_how_to_report()
    {
        await SayAsync(new() { Hello = new() { Model = "thermometer" } });

        Assert.Equal(60u, (await HearAsync()).Settings.SecondsBetweenReadings);
    }

    [Fact]
    public async Task A_reading_is_kept_and_acknowledged()
    {
        var reading = new Reading { Number = 7, Sensor = "celsius", Value = 21.5 };
        await SayAsync(new() { Reading = reading });

        Assert.Equal(7ul, (await HearAsync()).Acknowledgement.Number);
        Assert.Equal(reading, readings.Latest["attic"]);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_the_conversation_goes_on()
    {
        await SayAsync(new FromDevice());
        await SayAsync(new() { Hello = new() });

        Assert.Equal("The message has no case that is known here.", (await HearAsync()).Refusal.Problem);
        Assert.Equal(10u, (await HearAsync()).Settings.SecondsBetweenReadings);
    }

    private Task SayAsync(FromDevice message) => device.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, Cancelled);

    private async Task<ToDevice> HearAsync()
    {
        var buffer = new byte[1024];
        var received = await device.ReceiveAsync(buffer, Cancelled);
        Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
        return ToDevice.Parser.ParseFrom(buffer, 0, received.Count);
    }
}
