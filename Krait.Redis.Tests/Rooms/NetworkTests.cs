using System.Diagnostics;
using Krait.Redis.Tests.Engine;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>The network between a server and Redis breaks, and no connection is closed.</summary>
public sealed class NetworkTests : OnRedis
{
    private static readonly RoomHistory s_history = new(length: 1_000, age: TimeSpan.FromMinutes(5));

    [Fact]
    public async Task A_subscription_that_brings_nothing_any_more_is_replaced_after_two_heartbeats_and_nothing_is_lost()
    {
        await using var network = new Proxy(Redis);
        await using var engines = new Engines(network.Configuration);
        await using var server = new RoomServer(await engines.ConnectAsync(), s_history);
        var client = await server.JoinAsync();
        await SendAsync(server, "before");
        await client.HasSent("before");

        var clock = Stopwatch.StartNew();
        network.Deafen();
        await SendAsync(server, "while deaf");
        await client.HasSent("before", "while deaf");

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30)); // the third heartbeat finds two unheard
        Assert.Empty(client.Losses);
        await SendAsync(server, "after");
        await client.HasSent("before", "while deaf", "after");
    }

    [Fact]
    public async Task Connections_that_swallow_everything_fail_sends_within_5_seconds_and_are_replaced_within_20()
    {
        await using var network = new Proxy(Redis);
        await using var engines = new Engines(network.Configuration);
        await using var server = new RoomServer(await engines.ConnectAsync(), s_history);
        await using var other = new RoomServer(await Engines.ConnectAsync(), s_history);
        var client = await server.JoinAsync();

        network.Swallow();
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAsync<RoomUnavailableException>(() => SendAsync(server, "vanishes"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        network.Heal(); // for new connections
        await SendAsync(other, "meanwhile");
        await Patience.Until(async () =>
        {
            var sending = SendAsync(server, "again");
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return sending.IsCompletedSuccessfully;
        });
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await client.HasSent("meanwhile", "again");
        Assert.Empty(client.Losses);
    }

    private static Task SendAsync(RoomServer server, string text) =>
        server.Room.SendAsync(new Note(text), cancellationToken: Token).AsTask();
}
