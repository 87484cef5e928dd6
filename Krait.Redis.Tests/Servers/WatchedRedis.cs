using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Servers;

/// <summary>A Redis with a replica, and a Sentinel that promotes the replica when the Redis is gone.</summary>
internal sealed class WatchedRedis : IAsyncDisposable
{
    private readonly RedisServer _master;
    private readonly RedisServer _replica;
    private readonly RedisServer _sentinel;

    private WatchedRedis(RedisServer master, RedisServer replica, RedisServer sentinel) =>
        (_master, _replica, _sentinel) = (master, replica, sentinel);

    public string Configuration => _sentinel.Configuration + ",serviceName=rooms";

    public static async Task<WatchedRedis> StartAsync()
    {
        var master = await RedisServer.StartAsync();
        var replica = await RedisServer.StartReplicaAsync(master);
        var watched = new WatchedRedis(master, replica, await RedisServer.StartSentinelAsync(master));
        await Patience.Until(async () =>
            await watched._sentinel.AskAsync("SENTINEL CKQUORUM rooms") is ['+', ..]
            && await watched._sentinel.AskAsync("SENTINEL REPLICAS rooms") == "*1");
        return watched;
    }

    /// <summary>Freezes the replica, so that it misses what is published from now on.</summary>
    public async Task FreezeReplicaAsync()
    {
        Assert.Equal(":1", await _master.AskAsync("WAIT 1 5000"));
        _replica.Freeze();
        await _master.AskAsync("CLIENT KILL TYPE replica"); // else the replica finds the rest in its socket when it goes on
    }

    /// <summary>Ends the master, and waits until the replica has taken its place.</summary>
    public async Task FailOverAsync()
    {
        _master.Kill();
        _replica.Thaw();
        await Patience.Until(async () => await _replica.AskAsync("ROLE") == "*3" && await _replica.AskAsync("SET key 1") == "+OK");
    }

    public async ValueTask DisposeAsync()
    {
        await _sentinel.DisposeAsync();
        await _replica.DisposeAsync();
        await _master.DisposeAsync();
    }
}
