using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>Rooms on a cluster of several nodes.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Keys = "krait:{Krait.Runtime.Tests.Rooms.Shout/room}";

    private RedisCluster? _redis;
    private Engines? _engines;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisCluster.StartAsync();
        _engines = new(_redis.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engines is not null)
            await _engines.DisposeAsync();

        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Fact]
    public async Task With_history_a_slot_moves_to_another_node_without_losing_messages_and_its_room_hears_the_new_node()
    {
        await using var first = await ServerAsync();
        await using var second = await ServerAsync();
        var client = await second.JoinAsync();
        var taken = new ConcurrentQueue<string>();
        using var ending = new CancellationTokenSource();
        var publishing = PublishAsync(first, taken, ending.Token);

        await TakesMoreAsync();
        await _redis!.MoveAsync(TakesMoreAsync, $"{Keys}:stream", $"{Keys}:head");
        await TakesMoreAsync();
        await ending.CancelAsync();
        await publishing.InTime();

        await Patience.Until(() => client.Sent.Count >= taken.Count);
        Assert.Equal(taken, client.Sent);
        Assert.Empty(client.Losses);

        var clock = Stopwatch.StartNew();
        await first.Room.SendAsync(new Note("last"), cancellationToken: Token);
        await Patience.Until(() => client.Sent[^1] == "last");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4)); // else only a heartbeat has told of it

        Task TakesMoreAsync()
        {
            var more = taken.Count + 100;
            return Patience.Until(() => taken.Count >= more);
        }
    }

    [Fact]
    public async Task While_a_slot_moves_to_another_node_members_of_its_room_are_written_and_listed()
    {
        var engine = await _engines!.ConnectAsync();
        var channel = new RoomChannel(Keys[7..^1], null);
        var written = 0;
        await WritesMoreAsync();

        await _redis!.MoveAsync(WritesMoreAsync, $"{Keys}:members");
        await WritesMoreAsync();

        Assert.Equal(4 * 20, written);

        async Task WritesMoreAsync()
        {
            for (var i = 0; i < 20; i++)
            {
                var entry = new PresenceEntry("s1", $"c{written++}", new byte[] { 1 });
                await engine.WriteAsync(channel, [entry], Token).AsTask().InTime();
                Assert.Equal(written, (await engine.ListAsync(channel, Token)).Count);
            }
        }
    }

    [Fact]
    public async Task Leases_are_kept_on_all_nodes_and_found_together()
    {
        var engine = await _engines!.ConnectAsync();
        var servers = Enumerable.Range(0, 40).Select(static i => $"server{i}").ToList();
        foreach (var server in servers[..20])
            Assert.False(await engine.RenewAsync(server, TimeSpan.FromMinutes(10), Token));

        Assert.Equal(servers[20..], await engine.FindEndedAsync(servers, Token));
        Assert.All(await _redis!.AskAllAsync("DBSIZE"), static size => Assert.NotEqual(":0", size));
    }

    private static async Task PublishAsync(RoomServer server, ConcurrentQueue<string> taken, CancellationToken ending)
    {
        for (var number = 0; !ending.IsCancellationRequested; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            await server.Room.SendAsync(new Note(text), cancellationToken: CancellationToken.None);
            taken.Enqueue(text);
        }
    }

    private async Task<RoomServer> ServerAsync() =>
        new(await _engines!.ConnectAsync(), new(length: 10_000, age: TimeSpan.FromMinutes(5)));
}
