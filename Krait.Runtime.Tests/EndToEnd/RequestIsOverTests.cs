using System.Collections.Concurrent;
using System.Security.Claims;
using Krait.Runtime.Tests.Conformance;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>What a connection shares with its HTTP request, and what it must not.</summary>
public sealed class RequestIsOverTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_connection_that_is_kept_after_its_end_never_answers_with_another_user(HttpProtocols protocols)
    {
        await using var app = await TestApp.StartAsync(MapWithUser, builder => builder.Services.AddSingleton<Kept>(), protocols);
        var kept = app.Services.GetRequiredService<Kept>();
        using (var ada = await app.ConnectAsync("keep?user=Ada"))
        {
            Assert.Equal("Ada", await ada.AskAsync("who"));
            await ada.CloseAsync();
        }

        Assert.True(kept.TryPeek(out var first));
        await first.Completion.InTime();
        using var bob = await app.ConnectAsync("keep?user=Bob");
        Assert.Equal("Bob", await bob.AskAsync("who"));

        Assert.Equal("Ada", first.User.Identity?.Name);
        Assert.Throws<InvalidOperationException>(() => first.HttpContext);
        Assert.Throws<InvalidOperationException>(() => first.UpgradeRequest.HttpContext);
    }

    [Fact]
    public async Task The_connections_scope_is_not_the_one_of_the_request()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.Use((context, next) =>
                {
                    context.Items["scoped"] = context.RequestServices.GetRequiredService<Scoped>();
                    return next(context);
                });
                app.MapWebSocketController<ScopeController>();
            },
            builder => builder.Services.AddScoped<Scoped>());
        using var client = await app.ConnectAsync("scope");
        Assert.Equal("another", await client.AskAsync("same?"));
    }

    [Fact]
    public async Task Over_HTTP2_the_stream_ends_when_the_handlers_have_returned()
    {
        await using var app = await Served.StartAsync<ObedientController>(Carrier.Http2);
        using var client = await Http2Connection.ConnectAsync(app.BaseAddress.Port, "/obey", [], []);
        await client.SendAsync(ClientFrame.Text("hang"));
        await app.Journal().Has("hang");
        await client.SendAsync(ClientFrame.Close(1000));
        var echo = new byte[4];
        Assert.Equal(echo.Length, await client.ReadAsync(echo).AsTask().InTime());

        var end = client.ReadAsync(new byte[1]).AsTask();

        Assert.False(await end.CompletesSoon());
        app.Gate().Open();
        Assert.Equal(0, await end.InTime());
    }

    [Fact]
    public async Task TCP_ends_as_soon_as_both_close_frames_are_out_though_a_handler_still_runs()
    {
        await using var app = await Served.StartAsync<ObedientController>();
        await using var client = await app.ConnectRawAsync("/obey");
        await client.SendTextAsync("hang");
        await app.Journal().Has("hang");
        await client.SendAsync(ClientFrame.Close(1000));
        await client.ReadEndAsync(skipped: FrameOpcode.Close);
        Assert.Empty(app.Journal().Closes);
        app.Gate().Open();
        await app.Journal().Closed();
    }

    private static void MapWithUser(WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, context.Request.Query["user"].ToString())], "test"));
            return next(context);
        });
        app.MapWebSocketController<KeepController>();
    }
}

/// <summary>Connections that somebody keeps for too long.</summary>
internal sealed class Kept : ConcurrentQueue<WebSocketConnection>;

internal sealed class Scoped;

[WebSocketController("/keep")]
internal sealed partial class KeepController(Kept kept)
{
    [OnOpen]
    private void Enter() => kept.Enqueue(Connection);

    [OnMessage]
    private string? Answer(string message) => Connection.User.Identity?.Name;
}

[WebSocketController("/scope")]
internal sealed partial class ScopeController(Scoped scoped)
{
    [OnMessage]
    private string Compare(string message) => ReferenceEquals(scoped, Connection.HttpContext.Items["scoped"]) ? "same" : "another";
}
