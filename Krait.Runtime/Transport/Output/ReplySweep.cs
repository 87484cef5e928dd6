using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>
/// Sends the replies that wait for their batch, if the batch takes long. One for each clock; thread-safe.
/// </summary>
/// <remarks>
/// A handler that computes does not look at the clock, so a timer does. It runs only while a connection holds replies back.
/// </remarks>
internal sealed class ReplySweep
{
    /// <summary>The time from the first waiting reply to the first sweep, and from one sweep to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// A sweep leaves replies for the next one if they have waited less than this. So no reply waits much longer than this and
    /// <see cref="Interval"/> together: 2 to 3 ms.
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

    /// <summary>Sends the output's waiting replies at one of the next two sweeps, if they still wait then.</summary>
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

/// <summary>The action of the sweep for an output.</summary>
internal enum SweepResult
{
    /// <summary>Nothing waits: it is not watched any more.</summary>
    Forget,

    /// <summary>The replies have only begun to wait: come again.</summary>
    Watch,

    /// <summary>The waiting replies must be sent, and the output is not watched any more.</summary>
    Flush,
}
