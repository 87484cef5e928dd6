using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>The connection on which messages arrive. Thread-safe.</summary>
internal sealed class RedisListener : IAsyncDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private readonly RedisRouting _routing;
    private readonly Action _catchUp;

    /// <summary>Makes a listener of a connection.</summary>
    /// <param name="connection">The connection; the listener closes it.</param>
    /// <param name="routing">Whether channels are sharded.</param>
    /// <param name="catchUp">Is called when the connection works again after an interruption.</param>
    public RedisListener(IConnectionMultiplexer connection, RedisRouting routing, Action catchUp)
    {
        (_connection, _routing, _catchUp) = (connection, routing, catchUp);
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
            // The library would subscribe later on its own, and fill a queue that nothing reads.
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

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => _ = CatchUpAsync(restored);

    /// <summary>
    /// Waits until Redis has restored the subscriptions: the library sends them before it tells that the connection works, so the
    /// answer to a ping follows theirs. A message between an earlier look at the history and the subscription would be missed.
    /// </summary>
    private async Task CatchUpAsync(ConnectionFailedEventArgs restored)
    {
        // If the ping fails, the connection is lost again, or slow; then the core tries until it can read.
        await PingAsync(restored).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _catchUp();
    }

    private async Task PingAsync(ConnectionFailedEventArgs restored)
    {
        await _connection.GetSubscriber().PingAsync().ConfigureAwait(false); // RESP2 has a connection for subscriptions
        if (restored.EndPoint is { } server)
            await _connection.GetServer(server).PingAsync().ConfigureAwait(false);
    }
}
