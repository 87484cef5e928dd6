using System.Diagnostics;
using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>The clients of one server: idle ones, then busy ones, on the thread that runs them.</summary>
internal sealed class CrowdRun : IDisposable
{
    private const int Tick = 1; // in milliseconds
    private const int Batch = 500;

    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Epoll _epoll = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<LivingConnection> _connections = [];
    private readonly CrowdContender _contender;
    private readonly int _idle;
    private readonly int _busy;
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _pinged;
    private int _ready;

    public CrowdRun(int port, CrowdContender contender, CrowdOptions options)
    {
        (_contender, _idle, _busy) = (contender, options.Idle, options.Busy);
        foreach (var wanted in contender.Clients(_idle + _busy).Chunk(Batch))
        {
            foreach (var (socket, dialogue) in ClientSocket.OpenAll(wanted.Select(one => (port, one))).Zip(wanted))
            {
                _connections.Add(new(socket, dialogue));
                _epoll.Watch(_connections[^1].Handle, _connections.Count - 1);
            }

            Catch(); // those that are there stay alive while others come
        }
    }

    public long Sent { get; private set; }

    public long Answered { get; private set; }

    public LatencyHistogram Latency { get; } = new() { IsOn = true };

    public int IdleEnded => _connections.Take(_idle).Count(static connection => connection.HasEnded);

    public int BusyEnded => _connections.Skip(_idle).Count(static connection => connection.HasEnded);

    /// <summary>Runs for so long, and waits for the answers that are due then.</summary>
    public void Run(TimeSpan span)
    {
        var began = Stopwatch.GetTimestamp();
        for (var elapsed = TimeSpan.Zero; elapsed < span; elapsed = Stopwatch.GetElapsedTime(began))
        {
            for (var due = elapsed.TotalSeconds * _busy; Sent < due; Sent++)
                _connections[_idle + (int)(Sent % _busy)].SendMessage();

            Turn();
        }

        for (var ended = Stopwatch.GetTimestamp(); Answered < Sent && Stopwatch.GetElapsedTime(ended) < Patience;)
            Turn();
    }

    public void Dispose()
    {
        _connections.ForEach(static connection => connection.Dispose());
        _epoll.Dispose();
    }

    /// <summary>Reads all that is there: many pings come while many clients connect.</summary>
    private void Catch()
    {
        do
        {
            _ready = 0;
            Turn();
        }
        while (_ready > 0);
    }

    private void Turn()
    {
        _epoll.Wait(Tick, Ready);
        if (_contender.Ping is not { } ping)
            return;

        for (var due = Stopwatch.GetElapsedTime(_began) / PingPeriod * _connections.Count; _pinged < due; _pinged++)
            _connections[(int)(_pinged % _connections.Count)].Send(ping);
    }

    private void Ready(int key)
    {
        _ready++;
        var connection = _connections[key];
        if (connection.HasEnded)
            return;

        Answered += connection.Receive(_buffer, Latency);
        if (connection.HasEnded)
            connection.Dispose(); // else its hang-up would be reported for ever
    }
}
