using Microsoft.Extensions.Hosting;

namespace Krait.Connections;

/// <summary>Holds every live connection, and stops them when the host begins to stop. Thread-safe.</summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<IStoppableConnection> _connections = [];
    private readonly CancellationTokenRegistration _hostStopping;
    private TaskCompletionSource? _emptied;
    private bool _stopping;

    public ConnectionRegistry(IHostApplicationLifetime lifetime) =>
        _hostStopping = lifetime.ApplicationStopping.Register(StopAll);

    /// <summary>How many connections are live.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>Adds a connection. If the host is already stopping, it also stops the connection.</summary>
    public void Add(IStoppableConnection connection)
    {
        bool stopping;
        lock (_lock)
        {
            _connections.Add(connection);
            stopping = _stopping;
        }

        if (stopping)
            connection.StopForHost();
    }

    /// <summary>Removes a connection that has ended.</summary>
    public void Remove(IStoppableConnection connection)
    {
        TaskCompletionSource? emptied = null;
        lock (_lock)
        {
            _connections.Remove(connection);
            if (_connections.Count == 0)
                (emptied, _emptied) = (_emptied, null);
        }

        emptied?.SetResult();
    }

    /// <summary>Stops every connection, also those that are added later.</summary>
    public void StopAll()
    {
        IStoppableConnection[] connections;
        lock (_lock)
        {
            _stopping = true;
            connections = [.. _connections];
        }

        foreach (var connection in connections)
            connection.StopForHost();
    }

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
}
