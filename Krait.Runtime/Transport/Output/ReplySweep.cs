using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>
/// Sends replies that were held back when the batch takes longer than they may wait. One for each clock; thread-safe.
/// </summary>
/// <remarks>
/// A handler that computes does not look at the clock, so a timer does. It runs only while a connection holds replies back.
/// </remarks>
internal sealed class ReplySweep
{
    /// <summary>How long after the first reply was held back the sweep comes, and how often it comes then.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// How long a reply waits at least: the sweep leaves a batch alone that has just begun, and comes to it the next time.
    /// </summary>
    public static readonly TimeSpan ShortestWait = Interval / 2;

    private static readonly ConditionalWeakTable<TimeProvider, ReplySweep> Sweeps = [];

    private readonly Lock _lock = new();
    private readonly ShortTimer _timer;
    private List<TransportOutput> _watched = [];
    private List<TransportOutput> _due = [];
    private bool _isRunning;

    private ReplySweep(TimeProvider time) => _timer = ShortTimer.Create(time, Interval, Sweep);

    /// <summary>Finds the sweep of a clock.</summary>
    public static ReplySweep Of(TimeProvider time) => Sweeps.GetValue(time, static time => new(time));

    /// <summary>Sees to it that the output holds no reply back for much longer than <see cref="Interval"/>.</summary>
    public void Watch(TransportOutput output)
    {
        lock (_lock)
        {
            _watched.Add(output);
            if (_isRunning)
                return;

            _isRunning = true;
        }

        _timer.Start();
    }

    private void Sweep()
    {
        lock (_lock)
            (_watched, _due) = (_due, _watched);

        _due.RemoveAll(static output => !IsWatchedOn(output));
        bool goesOn;
        lock (_lock)
        {
            _watched.AddRange(_due);
            _due.Clear();
            goesOn = _isRunning = _watched.Count > 0;
        }

        if (goesOn)
            _timer.Start();
    }

    private static bool IsWatchedOn(TransportOutput output)
    {
        var result = output.Sweep();

        // On another thread: one connection must not keep the others waiting.
        if (result == SweepResult.Flush)
            ThreadPool.UnsafeQueueUserWorkItem(static output => output.Flush(), output, preferLocal: false);

        return result == SweepResult.Watch;
    }
}

/// <summary>What the sweep has to do with an output.</summary>
internal enum SweepResult
{
    /// <summary>Nothing waits: it is not watched any more.</summary>
    Forget,

    /// <summary>What waits has just begun to: come again.</summary>
    Watch,

    /// <summary>What waits is to be sent, and the output is not watched any more.</summary>
    Flush,
}
