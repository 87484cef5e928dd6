namespace Krait.Transport;

/// <summary>Calls back once after each start.</summary>
internal abstract class ShortTimer
{
    /// <summary>Makes a timer that does not run yet, and lives as long as the process.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="delay">How long after the start it calls.</param>
    /// <param name="callback">The callback. It must not block or throw, and may start the timer again.</param>
    public static ShortTimer Create(TimeProvider time, TimeSpan delay, Action callback) =>
        time == TimeProvider.System ? new OfThread(delay, callback) : new OfClock(time, delay, callback);

    /// <summary>Starts the timer, which does not run.</summary>
    public abstract void Start();

    private sealed class OfClock(TimeProvider time, TimeSpan delay, Action callback) : ShortTimer
    {
        private readonly ITimer _timer = TimerWithoutContext.Create(time, static callback => ((Action)callback!)(), callback);

        public override void Start() => _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <remarks>
    /// .NET's timers take two more threads for each call: the one that waits, and one of the pool. When a timer runs every few
    /// milliseconds, these changes of threads cost a busy server several percent of its capacity.
    /// </remarks>
#pragma warning disable CA1001 // It lives as long as the process.
    private sealed class OfThread(TimeSpan delay, Action callback) : ShortTimer
#pragma warning restore CA1001
    {
        private readonly AutoResetEvent _started = new(false);
        private Thread? _thread; // made at the first start, so that a timer that never starts needs no thread

        public override void Start()
        {
            _started.Set();
            if (_thread is not null)
                return;

            _thread = new(Run) { IsBackground = true, Name = "Krait: held replies" };
            _thread.UnsafeStart();
        }

        private void Run()
        {
            while (true)
            {
                _started.WaitOne();
                Thread.Sleep(delay);
                callback();
            }
        }
    }
}
