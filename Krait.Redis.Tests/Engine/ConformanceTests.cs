using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.Rooms.Backplane;

namespace Krait.Redis.Tests.Engine;

/// <summary>Redis keeps the promises of an engine.</summary>
public sealed class ConformanceTests(OneRedis redis) : BackplaneConformance, IClassFixture<OneRedis>
{
    protected override async ValueTask<IRoomBackplane> ConnectAsync() => await redis.ConnectAsync();
}

/// <summary>The Redis that the tests of a class share; each has a channel of its own.</summary>
public sealed class OneRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private Engines? _engines;

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _engines = new(_server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engines is not null)
            await _engines.DisposeAsync();

        if (_server is not null)
            await _server.DisposeAsync();
    }

    internal Task<RedisBackplane> ConnectAsync() => _engines!.ConnectAsync();
}
