namespace Krait.Transport;

/// <summary>Timers that outlive the call that makes them, and so must not keep its execution context.</summary>
internal static class TimerWithoutContext
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Makes a timer that does not run yet.</summary>
    public static ITimer Create(TimeProvider time, TimerCallback callback, object state)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers count in milliseconds: less than one would fire at once, again and again.</summary>
    public static TimeSpan AtLeastOneTick(TimeSpan time) => time < Tick ? Tick : time;
}
