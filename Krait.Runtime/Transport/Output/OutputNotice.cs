namespace Krait.Transport;

/// <summary>
/// Calls back after output has advanced: never concurrently, never under the output's lock, and always after the last
/// advance.
/// </summary>
internal sealed class OutputNotice
{
    private int _given;

    public IOutputObserver? Observer { get; set; }

    /// <summary>
    /// Whether anything has ever waited for room. Until then the observer is not called when whole messages have left. Guarded by
    /// the output's lock.
    /// </summary>
    public bool IsWanted { get; set; }

    /// <summary>Calls back. If another thread is calling back, that thread repeats the call.</summary>
    public void Give()
    {
        if (Observer is not { } observer || Interlocked.Increment(ref _given) > 1)
            return;

        int seen;
        do
        {
            seen = Volatile.Read(ref _given);
            observer.OutputAdvanced();
        }
        while (Interlocked.Add(ref _given, -seen) > 0);
    }
}

/// <summary>Is called when output has left.</summary>
internal interface IOutputObserver
{
    /// <summary>
    /// There may be room again, or no more output can leave. Called outside the output's lock, never twice at once; a call that
    /// comes while one is under way makes that one repeat.
    /// </summary>
    void OutputAdvanced();
}
