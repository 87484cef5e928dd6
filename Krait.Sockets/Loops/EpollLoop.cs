using System.Collections.Concurrent;
using System.Diagnostics;
using Krait.Sockets.Connections;
using Krait.Sockets.Native;

namespace Krait.Sockets.Loops;

/// <summary>Waits for the events of its connections, and handles them one after the other on one thread.</summary>
/// <remarks>
/// <code>
///   turn:  wait for events --> each event: handle its connection --> each deferred connection: handle it --> next turn
/// </code>
/// A runner is the thread of the loop. If a connection holds it up, <see cref="Replace"/> lets a new runner go on with the rest
/// of the turn; the old one ends when the connection lets it. All members are thread-safe.
/// </remarks>
internal sealed class EpollLoop : IDisposable
{
    private const int LargestBatch = 256;

    [ThreadStatic]
    private static Runner? t_runner;

    private readonly Lock _lock = new();
    private readonly Epoll _epoll = new(LargestBatch);
    private readonly ConcurrentDictionary<long, SocketConnection> _connections = new();
    private readonly LoopLog _log;
    private Queue<SocketConnection> _deferred = new(); // for the next turn
    private Queue<SocketConnection> _resumed = new(); // of this turn
    private Runner _runner; // the current one
    private long _turn;
    private int _eventCount;
    private int _nextEvent;
    private long _workCount;
    private SocketConnection? _atWork; // that the runner is handling
    private bool _isPolling;
    private bool _isStopped;

    /// <summary>Starts the loop.</summary>
    /// <param name="name">The name of its threads.</param>
    /// <param name="log">Logs exceptions of the code that uses a connection.</param>
    public EpollLoop(string name, LoopLog log)
    {
        (Name, _log) = (name, log);
        lock (_lock)
            _runner = Start(); // which looks whether it is the current one
    }

    public string Name { get; }

    /// <summary>The number of the turn; null on a thread that is not the loop's.</summary>
    public long? CurrentTurn => t_runner is { } runner && runner == Volatile.Read(ref _runner) ? Volatile.Read(ref _turn) : null;

    /// <summary>Whether this thread is handling events of the connection.</summary>
    public bool IsHandling(SocketConnection connection) =>
        CurrentTurn is not null && Volatile.Read(ref _atWork) == connection;

    /// <summary>The connection that holds the loop at this moment, and how often the loop has worked.</summary>
    public (SocketConnection? Connection, long Count) Work
    {
        get
        {
            lock (_lock)
                return (_atWork, _workCount);
        }
    }

    public void Add(SocketConnection connection)
    {
        _connections[connection.Key] = connection;
        _epoll.Add(connection.Handle, connection.Key);
    }

    /// <summary>Forgets a connection. Its socket must be closed next, which ends the events.</summary>
    public void Remove(SocketConnection connection) => _connections.TryRemove(connection.Key, out _);

    /// <summary>Lets a connection be handled in the next turn.</summary>
    public void Defer(SocketConnection connection)
    {
        lock (_lock)
        {
            _deferred.Enqueue(connection);
            if (_isPolling)
                _epoll.Wake();
        }
    }

    /// <summary>Reports an exception of the code that uses a connection.</summary>
    public void Report(SocketConnection connection, Exception exception) => _log.Fault(connection, exception);

    /// <summary>Goes on with another thread, if the loop is still at the same work.</summary>
    /// <returns>False if the work has ended meanwhile.</returns>
    public bool Replace(long workCount)
    {
        lock (_lock)
        {
            if (_atWork is null || _workCount != workCount)
                return false;

            _atWork = null;
            _runner = Start();
            return true;
        }
    }

    /// <summary>Ends the loop once its connection lets it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            if (_isPolling)
                _epoll.Wake();
        }
    }

    private Runner Start()
    {
        var runner = new Runner();
        new Thread(() => Run(runner)) { IsBackground = true, Name = Name }.UnsafeStart();
        return runner;
    }

    private void Run(Runner runner)
    {
        t_runner = runner;
        while (TryTake(runner, out var connection, out var events))
        {
            try
            {
                connection.OnEvents(events);
            }
            catch (Exception e)
            {
                // From a continuation, so from any code: it ends its connection, and never the process.
                _log.Fault(connection, e);
                connection.Abort(new("The code that reads from the connection failed.", e));
            }
        }
    }

    /// <summary>Finds the next work, and waits for it; false if this runner has ended.</summary>
    private bool TryTake(Runner runner, out SocketConnection connection, out EpollEvents events)
    {
        while (true)
        {
            int patience;
            lock (_lock)
            {
                (connection, events) = (null!, default);
                if (runner != _runner)
                    return false;

                _atWork = null;
                if (_isStopped)
                    break;

                if (TryTakeOne(out connection, out events))
                    return true;

                _isPolling = true;
                patience = _deferred.Count > 0 ? 0 : Timeout.Infinite;
            }

            BeginTurn(_epoll.Wait(patience));
        }

        _epoll.Dispose();
        return false;
    }

    private bool TryTakeOne(out SocketConnection connection, out EpollEvents events)
    {
        while (_nextEvent < _eventCount)
        {
            (var key, events) = _epoll[_nextEvent++];
            if (key != Epoll.WakeKey && _connections.TryGetValue(key, out connection!))
                return BeginWork(connection);
        }

        events = EpollEvents.None;
        return _resumed.TryDequeue(out connection!) && BeginWork(connection);
    }

    private bool BeginWork(SocketConnection connection)
    {
        _atWork = connection;
        _workCount++;
        return true;
    }

    private void BeginTurn(int eventCount)
    {
        lock (_lock)
        {
            Debug.Assert(_resumed.Count == 0, "A turn ends when all its work is done.");
            _isPolling = false;
            (_nextEvent, _eventCount) = (0, eventCount);
            (_deferred, _resumed) = (_resumed, _deferred);
            _turn++;
        }
    }

    /// <summary>A thread of the loop; only the current one takes work.</summary>
    private sealed class Runner;
}
