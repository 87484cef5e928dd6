using System.Diagnostics;
using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>The closed loop of one workload against one server: sends a message for every answer that comes, on the thread that runs it, and rests between its turns.</summary>
/// <remarks>
/// It sleeps while nothing comes, as clients do. One that spins saves the server the call that wakes it, and interrupts it for every answer instead: what then
/// is measured is mostly the change of threads.
/// </remarks>
internal sealed class LoadLoop : ILoad
{
    private const int ReceiveBufferSize = 256 * 1024;
    private const int LongestSleepMilliseconds = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly List<LoadConnection> _connections = [];
    private readonly byte[] _buffer = new byte[ReceiveBufferSize];
    private readonly Action<int> _ready;
    private readonly int _inFlight;
    private readonly bool _spins;
    private bool _isResting = true;

    /// <summary>Connects.</summary>
    public LoadLoop(int port, Dialogue dialogue, Workload workload, bool spins)
    {
        _spins = spins;
        _inFlight = workload.InFlight;
        _ready = Ready;
        for (var i = 0; i < workload.Connections; i++)
        {
            _connections.Add(LoadConnection.Open(port, dialogue, Latency));
            _epoll.Watch(_connections[i].Handle, i);
        }
    }

    public long Answers { get; private set; }

    /// <summary>How long they took.</summary>
    public LatencyHistogram Latency { get; } = new();

    public void Run(TimeSpan span)
    {
        var began = Stopwatch.GetTimestamp();
        if (_isResting)
        {
            _isResting = false;
            _connections.ForEach(connection => connection.Receive(_buffer)); // which throws if more came than answers
            for (var i = 0; i < _connections.Count; i++)
                Send(i, _inFlight);
        }

        while (Stopwatch.GetElapsedTime(began) < span)
            Wait();
    }

    public void Rest()
    {
        var began = Stopwatch.GetTimestamp();
        _isResting = true;
        while (_connections.Exists(connection => connection.InFlight > 0))
        {
            Wait();
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException("The server does not answer.");
        }
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _epoll.Dispose();
    }

    private void Wait() => _epoll.Wait(_spins ? 0 : LongestSleepMilliseconds, _ready);

    private void Ready(int key)
    {
        var answers = _connections[key].Receive(_buffer);
        Answers += answers;
        Send(key, _isResting ? 0 : answers);
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
