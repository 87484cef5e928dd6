using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PingPong;

namespace Samples.Tests;

public sealed class PingPongTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private WebApplication app = null!;
    private WebSocket client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddKrait();
        app = builder.Build();
        app.MapWebSocketController<PingPongController>();
        await app.StartAsync(Cancelled);

        var connector = app.GetTestServer().CreateWebSocketClient();
        connector.SubProtocols.Add("pingpong");
        client = await connector.ConnectAsync(new Uri("ws://localhost/pingpong"), Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Any_text_gets_a_pong()
    {
        await SayAsync("hello");

        Assert.Equal("PONG: hello", await HearAsync());
    }

    [Fact]
    public async Task A_pong_gets_no_answer()
    {
        await SayAsync("PONG: whatever");
        await SayAsync("hello");

        Assert.Equal("PONG: hello", await HearAsync());
    }

    [Fact]
    public async Task Every_five_seconds_a_ping_of_5_to_10_letters_or_digits_comes()
    {
        await SayAsync("hello"); // once this is answered, the timer runs
        await HearAsync();
        for (var number = 0; number < 3; number++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Matches("^PING: [A-Za-z0-9]{5,10}$", await HearAsync());
        }
    }

    private Task SayAsync(string text) => client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    private async Task<string> HearAsync()
    {
        var buffer = new byte[1024];
        var received = await client.ReceiveAsync(buffer, Cancelled);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
