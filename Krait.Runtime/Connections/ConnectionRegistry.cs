using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Krait.Connections;

/// <summary>
/// Holds every live connection. When the host begins to stop, it ends them, or lets <see cref="DrainSchedule"/> end them one
/// after another. Thread-safe.
/// </summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IStoppableConnection> _connections = new(StringComparer.Ordinal); // by id
    private readonly IOptions<KraitOptions> _options; // read late, because options that are out of range throw
    private readonly CancellationTokenRegistration _hostStopping;
    private TaskCompletionSource? _emptied;
    private volatile bool _draining;
    private volatile bool _stopping;

    public ConnectionRegistry(IHostApplicationLifetime lifetime, IOptions<KraitOptions> options)
    {
        _options = options;
        _hostStopping = lifetime.ApplicationStopping.Register(HostStops);
    }

    /// <summary>How many connections are live.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>Whether the server has begun to drain, so that it takes no more connections.</summary>
    public bool IsDraining => _draining;

    /// <summary>Whether the connections are ending because the host stops.</summary>
    public bool IsStopping => _draining || _stopping;

    /// <summary>
    /// Adds a connection. If the host is already stopping, it also stops the connection, or drains it at once.
    /// </summary>
    public void Add(IStoppableConnection connection)
    {
        lock (_lock)
            _connections.Add(connection.Connection.ConnectionId, connection);

        // A change that this misses comes after the connection was added, so it reaches the connection itself.
        if (_stopping)
            connection.StopForHost();
        else if (_draining)
            Drain(connection);
    }

    /// <summary>Removes a connection that has ended.</summary>
    public void Remove(IStoppableConnection connection)
    {
        TaskCompletionSource? emptied = null;
        lock (_lock)
        {
            _connections.Remove(connection.Connection.ConnectionId);
            if (_connections.Count == 0)
                (emptied, _emptied) = (_emptied, null);
        }

        emptied?.SetResult();
    }

    /// <summary>The connection with an id; null if it is not live.</summary>
    public WebSocketConnection? Find(string id)
    {
        lock (_lock)
            return _connections.GetValueOrDefault(id)?.Connection;
    }

    /// <summary>A snapshot of the live connections.</summary>
    public WebSocketConnection[] All()
    {
        lock (_lock)
            return [.. _connections.Values.Select(static connection => connection.Connection)];
    }

    /// <summary>Takes no more connections from now on, and returns those that are live.</summary>
    public IStoppableConnection[] BeginDrain()
    {
        _draining = true;
        lock (_lock)
            return [.. _connections.Values];
    }

    /// <summary>Drains a connection.</summary>
    public void Drain(IStoppableConnection connection) => connection.Drain(new(DrawReconnectAfter()));

    /// <summary>Stops every connection, also those that are added later.</summary>
    public void StopAll()
    {
        IStoppableConnection[] connections;
        lock (_lock)
        {
            _stopping = true;
            connections = [.. _connections.Values];
        }

        foreach (var connection in connections)
            connection.StopForHost();
    }

    /// <summary>Draws the time after which a client should come back.</summary>
    public TimeSpan DrawReconnectAfter() => _options.Value.ReconnectSpread * Random.Shared.NextDouble();

    /// <summary>Completes when no connection is live.</summary>
    public Task WhenEmptyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_connections.Count == 0)
                return Task.CompletedTask;

            _emptied ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _hostStopping.Dispose();

    private void HostStops()
    {
        if (_options.Value.DrainPeriod > TimeSpan.Zero)
            BeginDrain(); // the host calls StoppingAsync next, which ends the connections
        else
            StopAll();
    }
}
