using Krait.Transport;

namespace Krait.Connections;

/// <summary>
/// Drains connections in random order and evenly over a period, so that the other servers get them back as a steady flow.
/// </summary>
/// <remarks>
/// The first is drained at once, the last shortly before the period is over. There is one timer for all of them. Thread-safe.
/// </remarks>
internal sealed class DrainSchedule : IDisposable
{
    // A shorter tick costs processor time, and makes no visible difference.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly IStoppableConnection[] _connections;
    private readonly Action<IStoppableConnection> _drain;
    private readonly TimeSpan _period;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer _timer;
    private int _drained;

    /// <summary>Begins.</summary>
    /// <param name="connections">The connections; this shuffles them.</param>
    /// <param name="drain">Drains one; called under a lock, so it must not wait.</param>
    /// <param name="period">The time from the first to the last connection; positive.</param>
    /// <param name="time">The clock.</param>
    public DrainSchedule(
        IStoppableConnection[] connections, Action<IStoppableConnection> drain, TimeSpan period, TimeProvider time)
    {
        Random.Shared.Shuffle(connections);
        _connections = connections;
        _drain = drain;
        _period = period;
        _time = time;
        _began = time.GetTimestamp();
        _timer = TimerWithoutContext.Create(time, static schedule => ((DrainSchedule)schedule!).Advance(), this);
        Advance();
    }

    /// <summary>Drains at once the connections that are left.</summary>
    public void Finish() => DrainUpTo(_connections.Length);

    /// <summary>Does not drain the rest.</summary>
    public void Dispose()
    {
        lock (_lock)
            _drained = _connections.Length;

        _timer.Dispose();
    }

    private void Advance()
    {
        var elapsed = _time.GetElapsedTime(_began);
        var due = elapsed < _period ? (int)(_connections.Length * (elapsed / _period)) + 1 : _connections.Length;
        var drained = DrainUpTo(Math.Min(due, _connections.Length));
        if (drained == _connections.Length)
            return;

        var next = _period * ((double)drained / _connections.Length) - elapsed;
        _timer.Change(next > Tick ? next : Tick, Timeout.InfiniteTimeSpan);
    }

    private int DrainUpTo(int count)
    {
        lock (_lock)
        {
            while (_drained < count)
                _drain(_connections[_drained++]);

            return _drained;
        }
    }
}
