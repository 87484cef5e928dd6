using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.Rooms.Backplane;

namespace Krait.Redis.Tests.Engine;

/// <summary>Redis keeps the promises of an engine.</summary>
public sealed class ConformanceTests(OneRedis redis) : BackplaneConformance, IClassFixture<OneRedis>
{
    protected override async ValueTask<IRoomBackplane> ConnectAsync() => await redis.ConnectAsync();
}

/// <summary>So does a cluster, with sharded pub/sub.</summary>
public sealed class ClusterConformanceTests(OneCluster redis) : BackplaneConformance, IClassFixture<OneCluster>
{
    [Fact]
    public async Task In_a_cluster_channels_are_sharded()
    {
        var engine = await redis.ConnectAsync();
        await using var subscription = await engine.SubscribeAsync(
            new("Chat/sharded", null), new CollectingSink(), TestContext.Current.CancellationToken);

        Assert.Equal("*1", await redis.AskAsync("PUBSUB SHARDCHANNELS krait:{Chat/sharded}"));
    }

    protected override async ValueTask<IRoomBackplane> ConnectAsync() => await redis.ConnectAsync();
}

/// <summary>Redis keeps who is in rooms as an engine promises.</summary>
public sealed class PresenceConformanceTests(OneRedis redis) : PresenceStoreConformance, IClassFixture<OneRedis>
{
    protected override async ValueTask<IRoomBackplane> ConnectAsync() => await redis.ConnectAsync();
}

/// <summary>So does a cluster.</summary>
public sealed class ClusterPresenceConformanceTests(OneCluster redis) : PresenceStoreConformance, IClassFixture<OneCluster>
{
    protected override async ValueTask<IRoomBackplane> ConnectAsync() => await redis.ConnectAsync();
}

/// <summary>The Redis that the tests of a class share; each has a channel of its own.</summary>
public class OneRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private Engines? _engines;

    public async ValueTask InitializeAsync()
    {
        _server = await StartAsync();
        _engines = new(_server.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_engines is not null)
            await _engines.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();
    }

    internal Task<RedisBackplane> ConnectAsync() => _engines!.ConnectAsync();

    internal Task<string> AskAsync(string command) => _server!.AskAsync(command);

    private protected virtual Task<RedisServer> StartAsync() => RedisServer.StartAsync();
}

/// <summary>The same, as a cluster.</summary>
public sealed class OneCluster : OneRedis
{
    private protected override Task<RedisServer> StartAsync() => RedisServer.StartClusterAsync();
}
