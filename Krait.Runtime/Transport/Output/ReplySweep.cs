using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>
/// Sends replies that were held back when the batch takes longer than they may wait. One for each clock; thread-safe.
/// </summary>
/// <remarks>
/// A handler that computes cannot look at the clock, so a timer does. It runs only while some connection holds replies back.
/// </remarks>
internal sealed class ReplySweep
{
    /// <summary>How long a reply may wait for the others of its batch.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private static readonly ConditionalWeakTable<TimeProvider, ReplySweep> Sweeps = [];

    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private List<TransportOutput> _watched = [];
    private List<TransportOutput> _due = [];
    private bool _isRunning;

    private ReplySweep(TimeProvider time) =>
        _timer = TimerWithoutContext.Create(time, static state => ((ReplySweep)state!).Sweep(), this);

    /// <summary>Finds the sweep of a clock.</summary>
    public static ReplySweep Of(TimeProvider time) => Sweeps.GetValue(time, static time => new(time));

    /// <summary>Flushes the output, once, after <see cref="Interval"/> at the latest.</summary>
    public void Watch(TransportOutput output)
    {
        lock (_lock)
        {
            _watched.Add(output);
            if (_isRunning)
                return;

            _isRunning = true;
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        lock (_lock)
            (_watched, _due) = (_due, _watched);

        foreach (var output in _due)
            output.FlushHeld();

        _due.Clear();
        lock (_lock)
        {
            _isRunning = _watched.Count > 0;
            if (_isRunning)
                _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }
}
