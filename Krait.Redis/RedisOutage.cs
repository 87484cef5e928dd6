using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>Logs one warning for each outage, however many attempts fail in it. Thread-safe.</summary>
internal sealed class RedisOutage(RedisLog log)
{
    private int _isDown;

    /// <summary>Follows a connection.</summary>
    public void Watch(IConnectionMultiplexer connection)
    {
        connection.ConnectionFailed += OnFailed;
        connection.ConnectionRestored += OnRestored;
        if (!connection.IsConnected)
            Begin("no connection yet", null);
    }

    /// <summary>Does not follow a connection any longer, before it is closed on purpose.</summary>
    public void Forget(IConnectionMultiplexer connection)
    {
        connection.ConnectionFailed -= OnFailed;
        connection.ConnectionRestored -= OnRestored;
    }

    public void Begin(string reason, Exception? error)
    {
        if (Interlocked.Exchange(ref _isDown, 1) == 0)
            log.Lost(reason, error);
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs failure) =>
        Begin(failure.FailureType.ToString(), failure.Exception);

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (Interlocked.Exchange(ref _isDown, 0) == 1)
            log.Restored();
    }
}
