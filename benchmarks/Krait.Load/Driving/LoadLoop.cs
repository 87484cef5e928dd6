using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>The closed loop of one workload against one server: a thread that sends a message for every answer that comes.</summary>
/// <remarks>Where it has a processor to itself it never sleeps, so that no server pays for waking it.</remarks>
internal sealed class LoadLoop : IDisposable
{
    private const int ReceiveBufferSize = 256 * 1024;
    private const int LongestSleep = 50;

    private readonly Epoll _epoll = new();
    private readonly List<LoadConnection> _connections = [];
    private readonly byte[] _buffer = new byte[ReceiveBufferSize];
    private readonly Thread _thread;
    private readonly int _inFlight;
    private volatile bool _isOver;

    /// <summary>Connects, and starts all loops at once.</summary>
    public LoadLoop(int port, Dialogue dialogue, Workload workload)
    {
        _inFlight = workload.InFlight;
        for (var i = 0; i < workload.Connections; i++)
        {
            _connections.Add(LoadConnection.Open(port, dialogue));
            _epoll.Watch(_connections[i].Handle, i);
        }

        _thread = new Thread(Run) { Name = "Load" };
        _thread.Start();
    }

    public IReadOnlyList<LoadConnection> Connections => _connections;

    /// <summary>What broke the loop, if something did.</summary>
    public Exception? Error { get; private set; }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _connections.ForEach(connection => connection.Dispose());
        _epoll.Dispose();
    }

    private void Run()
    {
        try
        {
            for (var i = 0; i < _connections.Count; i++)
                Send(i, _inFlight);

            Action<int> ready = key => Send(key, _connections[key].Receive(_buffer));
            while (!_isOver)
                _epoll.Wait(Pinning.IsPossible ? 0 : LongestSleep, ready);
        }
        catch (Exception e)
        {
            Error = e;
        }
    }

    private void Send(int key, int messages)
    {
        var connection = _connections[key];
        var wasBlocked = connection.IsBlocked;
        if (messages > 0 || wasBlocked)
            connection.Send(messages);

        if (connection.IsBlocked != wasBlocked)
            _epoll.Change(connection.Handle, connection.IsBlocked ? Epoll.Readable | Epoll.Writable : Epoll.Readable, key);
    }
}
