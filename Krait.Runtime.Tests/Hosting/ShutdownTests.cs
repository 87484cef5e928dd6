using System.Net.WebSockets;
using Krait.Connections;
using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Hosting;

public class ShutdownTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_client_is_told_that_the_server_goes_away(HttpProtocols protocols)
    {
        await using var app = await TestApp.StartAsync(app => app.MapWebSocketController<PlainController>(), protocols: protocols);
        await AssertGoesAwayAsync(app);
    }

    [Fact]
    public async Task On_TestServer_a_client_is_told_that_the_server_goes_away()
    {
        await using var app = await TestApp.StartInMemoryAsync(app => app.MapWebSocketController<PlainController>());
        await AssertGoesAwayAsync(app);
    }

    [Fact]
    public async Task No_connection_is_left_when_the_host_has_stopped()
    {
        await using var app = await TestApp.StartInMemoryAsync(app => app.MapWebSocketController<PlainController>());
        using var socket = await app.ConnectAsync("plain");
        await socket.EchoAsync("hello");
        var registry = app.Services.GetRequiredService<ConnectionRegistry>();
        Assert.Equal(1, registry.Count);

        var stopping = app.StopAsync();
        await socket.ClosedByServerAsync();
        await stopping;

        Assert.Equal(0, registry.Count);
    }

    private static async Task AssertGoesAwayAsync(TestApp app)
    {
        using var socket = await app.ConnectAsync("plain");
        await socket.EchoAsync("hello");

        var stopping = app.StopAsync();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await socket.ClosedByServerAsync());
        await stopping;
        Assert.Empty(app.Logs.OfKrait());
    }
}
