using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>The connection on which messages arrive. Thread-safe.</summary>
internal sealed class RedisListener : IAsyncDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private readonly RedisRouting _routing;
    private readonly Action<RedisListener> _restored;

    /// <summary>Makes a listener of a connection.</summary>
    /// <param name="connection">The connection; the listener closes it.</param>
    /// <param name="routing">Whether channels are sharded.</param>
    /// <param name="restored">Called when Redis can be reached again after an interruption.</param>
    public RedisListener(IConnectionMultiplexer connection, RedisRouting routing, Action<RedisListener> restored)
    {
        (_connection, _routing, _restored) = (connection, routing, restored);
        connection.ConnectionRestored += OnRestored;
    }

    public IConnectionMultiplexer Connection => _connection;

    /// <summary>Whether messages can arrive at the moment, as far as the library knows.</summary>
    public bool IsConnected => _connection.GetSubscriber().IsConnected();

    /// <summary>Subscribes to a channel. Completes when Redis has confirmed it.</summary>
    public async Task<ChannelMessageQueue> SubscribeAsync(string channel)
    {
        var subscriber = _connection.GetSubscriber();
        var routed = _routing.Channel(_connection, channel);
        try
        {
            return await subscriber.SubscribeAsync(routed).ConfigureAwait(false);
        }
        catch
        {
            // The library would subscribe later by itself, and fill a queue that nothing reads.
            await subscriber.UnsubscribeAsync(routed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionRestored -= OnRestored;
        await _connection.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (restored.ConnectionType == ConnectionType.Subscription)
            _restored(this);
    }
}
