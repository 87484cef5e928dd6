using System.Net.WebSockets;
using System.Text.Json;
using Krait.Runtime.Tests.EndToEnd;
using Market.Meters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Samples.Tests.Market.Meters;

/// <summary>The meters of a real server where the tests decide when a second is over.</summary>
public sealed class MetersControllerTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private readonly byte[] buffer = new byte[16 * 1024];
    private WebApplication app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddKrait(static options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<MeterHistory>();
        builder.Services.AddHostedService<MeterReader>();
        app = builder.Build();
        app.MapWebSocketController<MetersController>();
        await app.StartAsync(Cancelled);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task The_page_sees_its_own_connection_and_no_other_server_of_the_process()
    {
        using var socket = await ConnectAsync();

        var snapshot = await HearAsync(socket, static snapshot => snapshot.Connections > 0);
        Assert.Equal((1, true), (snapshot.Connections, snapshot.Memory > 0));
    }

    [Fact]
    public async Task The_page_sees_the_messages_that_it_gets()
    {
        using var socket = await ConnectAsync();

        Assert.InRange((await HearAsync(socket, static snapshot => snapshot.Sent > 0)).Sent, 0.1, 10); // one for each second
    }

    [Fact]
    public async Task The_page_sees_why_connections_end_and_why_requests_are_refused()
    {
        using var http = new HttpClient();
        await http.GetAsync(new Uri(new Uri(app.Urls.Single()), "/meters"), Cancelled);
        using (var leaving = await ConnectAsync())
            await leaving.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);

        using var socket = await ConnectAsync();
        var snapshot = await HearAsync(socket, static snapshot => snapshot.Closes.Count > 0);
        Assert.Equal([new("client_closed", 1)], snapshot.Closes);
        Assert.Equal([new("not_web_socket", 1)], snapshot.Refusals);
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(app.Urls.Single()) { Scheme = "ws", Path = "/meters" }.Uri, Cancelled);
        return socket;
    }

    /// <summary>The first snapshot that fits.</summary>
    private async Task<MeterSnapshot> HearAsync(ClientWebSocket socket, Func<MeterSnapshot, bool> fits)
    {
        while (true)
        {
            var receiving = socket.ReceiveAsync(buffer, Cancelled);
            await clock.MoveUntil(MeterReader.Interval, receiving);
            var part = await receiving;
            Assert.True(part.EndOfMessage);
            var snapshot = JsonSerializer.Deserialize<MeterSnapshot>(buffer.AsSpan(0, part.Count), JsonSerializerOptions.Web)!;
            if (fits(snapshot))
                return snapshot;
        }
    }
}
