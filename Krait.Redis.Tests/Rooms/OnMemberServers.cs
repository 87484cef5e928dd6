using Krait.Redis.Tests.Servers;
using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;
using Krait.Runtime.Tests.Rooms.Presence;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A test with three servers, on each of which is one member of the room: Ann, Bob and Eve.</summary>
public abstract class OnMemberServers : IAsyncLifetime
{
    private readonly List<MemberServer> _servers = [];

    private protected RedisServer Redis { get; private set; } = null!;

    private protected IReadOnlyList<MemberServer> Servers => _servers;

    private protected Guest Ann { get; private set; } = null!;

    private protected Guest Bob { get; private set; } = null!;

    private protected Guest Eve { get; private set; } = null!;

    private static string Members => $"krait:{{{typeof(Person)}@{RoomDirectory<Shout>.ChannelName("room")}}}:members";

    public async ValueTask InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Ann = await (await StartServerAsync()).JoinAsync("Ann");
        Bob = await (await StartServerAsync()).JoinAsync("Bob");
        Eve = await (await StartServerAsync()).JoinAsync("Eve");
        await AllSeeAsync("Ann", "Bob", "Eve");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Task.WhenAll(_servers.Select(static server => server.DisposeAsync().AsTask()));
        await Redis.DisposeAsync();
    }

    private protected async Task<MemberServer> StartServerAsync()
    {
        var server = await MemberServer.StartAsync(Redis);
        _servers.Add(server);
        return server;
    }

    private protected Task AllSeeAsync(params string[] names) => SeeAsync(names, Ann, Bob, Eve);

    private protected static Task SeeAsync(string[] names, params Guest[] guests) =>
        Patience.Until(() => guests.All(guest => guest.Names.SequenceEqual(names)));

    /// <summary>Stops a server, as an application does that ends.</summary>
    private protected async Task StopAsync(MemberServer server)
    {
        _servers.Remove(server);
        await server.DisposeAsync();
    }

    /// <summary>
    /// Waits until Redis has one member of the room under the present id of each of these servers, no others, and their leases.
    /// </summary>
    private protected Task RedisHasAsync(params MemberServer[] servers) => Patience.Until(async () =>
    {
        var ids = servers.Select(static server => server.Id).Order(StringComparer.Ordinal).ToList();
        var leases = await Redis.AskAsync("EXISTS " + string.Join(' ', ids.Select(static id => "krait:server:" + id)));
        return leases == $":{ids.Count}" && (await ServersInRedisAsync()).SequenceEqual(ids);
    });

    /// <summary>Fails if somebody is told something in the given time.</summary>
    private protected static async Task NobodyIsToldAnythingAsync(TimeSpan time, params Guest[] guests)
    {
        var before = guests.Select(static guest => guest.Told).ToList();
        await Task.Delay(time, TestContext.Current.CancellationToken);
        Assert.Equal(before, guests.Select(static guest => guest.Told));
    }

    /// <summary>Fails if somebody was ever told that another has left.</summary>
    private protected void AssertNobodyWasToldToHaveLeft() => Assert.All([Ann, Bob, Eve], static guest =>
        Assert.DoesNotContain(guest.Told, static news => news.EndsWith("left", StringComparison.Ordinal)));

    /// <summary>The ids of the servers under which Redis has members, with one for each member.</summary>
    private async Task<IEnumerable<string>> ServersInRedisAsync()
    {
        var fields = await Redis.AskAsync($"EVAL \"return table.concat(redis.call('HKEYS', KEYS[1]), ' ')\" 1 {Members}");
        return fields.Split(' ').Select(static field => field.Split('/')[0]).Order(StringComparer.Ordinal);
    }
}
