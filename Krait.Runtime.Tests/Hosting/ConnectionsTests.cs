using System.Net.WebSockets;
using System.Security.Claims;
using Krait.Hosting;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms.Backplane;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>The open connections of an application, and those of a user.</summary>
public sealed class ConnectionsTests
{
    [Fact]
    public async Task Open_connections_are_counted_and_found_by_id()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("whoami?user=ann");
        var id = await client.ReceiveTextAsync();

        Assert.Equal((1, id), (Of(app).Count, Of(app).Find(id)?.ConnectionId));
        Assert.Null(Of(app).Find("unknown"));

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await Patience.Until(() => Of(app).Count == 0 && Of(app).Find(id) is null);
    }

    [Fact]
    public async Task The_connections_of_a_user_are_listed_and_closed_and_others_stay()
    {
        await using var app = await StartAsync();
        using var first = await app.ConnectAsync("whoami?user=ann");
        using var second = await app.ConnectAsync("whoami?user=ann");
        using var other = await app.ConnectAsync("whoami?user=bob");
        string[] ids = [await first.ReceiveTextAsync(), await second.ReceiveTextAsync()];
        var bob = await other.ReceiveTextAsync();
        Assert.Equal(ids.Order(), Of(app).OfUser("ann").Select(static connection => connection.ConnectionId).Order());

        await Of(app).CloseUserAsync("ann", WebSocketCloseStatus.PolicyViolation, "locked out", TestContext.Current.CancellationToken);

        Assert.Equal((1008, "locked out"), await CloseOf(first));
        Assert.Equal((1008, "locked out"), await CloseOf(second));
        Assert.Equal(bob, Assert.Single(Of(app).OfUser("bob")).ConnectionId);
    }

    [Fact]
    public async Task The_connections_of_a_user_on_other_servers_are_closed_too()
    {
        var broker = new MemoryBroker();
        var (firstEngine, secondEngine) = (broker.Connect(), broker.Connect());
        await using var first = await StartAsync(firstEngine);
        await using var second = await StartAsync(secondEngine);
        using var client = await second.ConnectAsync("whoami?user=ann");
        await client.ReceiveTextAsync();
        await Patience.Until(() => broker.Subscriptions >= 2);

        await Of(first).CloseUserAsync("ann", (WebSocketCloseStatus)4001, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((4001, ""), await CloseOf(client));
    }

    [Fact]
    public async Task A_server_that_was_cut_off_closes_the_connections_when_it_comes_back()
    {
        var broker = new MemoryBroker();
        var (firstEngine, secondEngine) = (broker.Connect(), broker.Connect());
        await using var first = await StartAsync(firstEngine);
        await using var second = await StartAsync(secondEngine);
        using var client = await second.ConnectAsync("whoami?user=ann");
        await client.ReceiveTextAsync();
        await Patience.Until(() => broker.Subscriptions >= 2 && broker.Reads >= 2);
        secondEngine.IsCutOff = true;
        await Of(first).CloseUserAsync("ann", cancellationToken: TestContext.Current.CancellationToken);

        secondEngine.IsCutOff = false;
        secondEngine.CatchUp();

        Assert.Equal((1008, ""), await CloseOf(client));
    }

    [Fact]
    public async Task An_order_that_comes_late_leaves_alone_connections_that_opened_after_it()
    {
        var time = new FakeTimeProvider();
        var broker = new MemoryBroker(time);
        var (firstEngine, secondEngine) = (broker.Connect(), broker.Connect());
        await using var first = await StartAsync(firstEngine, time);
        await using var second = await StartAsync(secondEngine, time);
        await Patience.Until(() => broker.Subscriptions >= 2 && broker.Reads >= 2);
        using var before = await EnterAsync(second);
        secondEngine.IsCutOff = true;
        await Of(first).CloseUserAsync("ann", cancellationToken: TestContext.Current.CancellationToken);
        time.Advance(ClosedUser.ClockMargin);
        using var within = await EnterAsync(second);
        time.Advance(TimeSpan.FromMilliseconds(1));
        using var after = await EnterAsync(second);

        secondEngine.IsCutOff = false;
        secondEngine.CatchUp();
        var closing = CloseOf(before);
        await time.MoveUntil(TimeSpan.FromMilliseconds(100), closing); // calls of the engine that failed are made again

        Assert.Equal((1008, ""), await closing);
        Assert.Equal((1008, ""), await CloseOf(within));
        Assert.Equal("still here", await after.EchoAsync("still here"));
    }

    [Fact]
    public async Task Without_the_backplane_the_connections_of_this_server_are_closed_and_the_caller_learns_of_the_rest()
    {
        var broker = new MemoryBroker();
        await using var app = await StartAsync(broker.Connect());
        using var client = await app.ConnectAsync("whoami?user=ann");
        await client.ReceiveTextAsync();
        broker.IsDown = true;

        await Assert.ThrowsAsync<RoomUnavailableException>(
            () => Of(app).CloseUserAsync("ann", cancellationToken: TestContext.Current.CancellationToken).AsTask());

        Assert.Equal((1008, ""), await CloseOf(client));
        broker.IsDown = false;
    }

    [Theory]
    [InlineData("", 1008)]
    [InlineData("ann", 1006)]
    [InlineData("ann", 999)]
    public async Task An_order_that_cannot_be_sent_is_refused(string user, int status)
    {
        await using var app = await StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Of(app).CloseUserAsync(user, (WebSocketCloseStatus)status, cancellationToken: TestContext.Current.CancellationToken).AsTask());
    }

    private static IConnections Of(TestApp app) => app.Services.GetRequiredService<IConnections>();

    private static async Task<(int Status, string Reason)> CloseOf(WebSocket client)
    {
        var result = await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).InTime();
        Assert.Equal(WebSocketMessageType.Close, result.MessageType);
        return ((int)result.CloseStatus!, result.CloseStatusDescription ?? "");
    }

    private static async Task<WebSocket> EnterAsync(TestApp app)
    {
        var client = await app.ConnectAsync("whoami?user=ann");
        await client.ReceiveTextAsync();
        return client;
    }

    private static Task<TestApp> StartAsync(IRoomBackplane? engine = null, FakeTimeProvider? time = null) => TestApp.StartAsync(
        static app =>
        {
            app.Use(static (context, next) =>
            {
                context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, context.Request.Query["user"].ToString())], "test"));
                return next(context);
            });
            app.MapWebSocketController<WhoAmIController>();
        },
        builder =>
        {
            if (engine is not null)
                builder.Services.AddSingleton(engine);
            if (time is not null)
                Served.With(time, static options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan)(builder);
        });
}

[WebSocketController("/whoami")]
internal sealed partial class WhoAmIController
{
    [OnOpen]
    private string Enter() => Connection.ConnectionId;

    [OnMessage]
    private static string Echo(string text) => text;
}
