namespace Krait.Transport;

/// <summary>Calls back whenever output has advanced: never twice at once, never under the output's lock, and always after the last advance.</summary>
internal sealed class OutputNotice
{
    private int _given;

    public Action? Callback { get; set; }

    /// <summary>Calls back, or has whoever is calling back do it once more.</summary>
    public void Give()
    {
        if (Callback is null || Interlocked.Increment(ref _given) > 1)
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
