using System.Collections.Concurrent;
using System.Globalization;
using Krait.Redis.Tests.Rooms;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Chaos;

/// <summary>A server with a network of its own, a publisher that numbers its messages, and a member.</summary>
internal sealed class ChaosServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly Engines _engines;
    private readonly string _name;
    private RoomServer? _server;
    private Witness? _witness;

    private ChaosServer(RedisServer redis, string name)
    {
        (Network, _name) = (new(redis), name);
        _engines = new(Network.Configuration);
    }

    /// <summary>Its network to Redis.</summary>
    public Proxy Network { get; }

    /// <summary>What its member has got.</summary>
    public Witness Witness => _witness!;

    /// <summary>Which of its messages Redis has confirmed.</summary>
    public IEnumerable<string> Taken => _taken;

    public static async Task<ChaosServer> StartAsync(RedisServer redis, string name, RoomHistory history)
    {
        var server = new ChaosServer(redis, name);
        server._server = new(await server._engines.ConnectAsync(), history);
        server._witness = new(await server._server.JoinAsync());
        return server;
    }

    /// <summary>Sends messages until the test ends the faults, and then one that Redis takes. Returns that one.</summary>
    public async Task<string> PublishAsync(CancellationToken faults)
    {
        for (var number = 1; ; number++)
        {
            var isLast = faults.IsCancellationRequested;
            var text = string.Create(CultureInfo.InvariantCulture, $"{_name} {number}");
            var sending = _server!.Room.SendAsync(new Note(text), cancellationToken: CancellationToken.None).AsTask();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (sending.IsCompletedSuccessfully)
                _taken.Enqueue(text);

            if (isLast && sending.IsCompletedSuccessfully)
                return text;

            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None); // leaves the machine to the others
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        await _engines.DisposeAsync();
        await Network.DisposeAsync();
    }
}
