namespace Krait.Transport;

/// <summary>Calls back whenever output has advanced: never twice at once, never under the lock, and always after the last advance.</summary>
/// <param name="outputLock">The lock that the callback must find free.</param>
internal sealed class OutputNotice(Lock outputLock)
{
    private int _given;

    public Action? Callback { get; set; }

    /// <summary>Calls back, or has whoever is calling back do it once more.</summary>
    public void Give()
    {
        if (Callback is null)
            return;

        if (outputLock.IsHeldByCurrentThread)
        {
            // Somebody aborts from within an encoder.
            ThreadPool.UnsafeQueueUserWorkItem(static notice => notice.Give(), this, preferLocal: false);
            return;
        }

        if (Interlocked.Increment(ref _given) > 1)
            return;

        int seen;
        do
        {
            seen = Volatile.Read(ref _given);
            Callback();
        }
        while (Interlocked.Add(ref _given, -seen) > 0);
    }
}
