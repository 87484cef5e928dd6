using Krait.Telemetry;

namespace Krait.Rooms;

/// <summary>Limits the messages on their way to the engine. Thread-safe.</summary>
internal sealed class PublishLimits(BackplaneLog log, TimeProvider time, KraitMeter meter)
{
    private const int MostMessages = 10_000;
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private int _messages;
    private long _bytes;
    private long _failed;
    private long _warned;

    /// <summary>How many messages were not sent although no sender waited for them.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Takes room for a message; false if there is none.</summary>
    public bool TryEnter(int bytes)
    {
        var fits = Interlocked.Increment(ref _messages) <= MostMessages & Interlocked.Add(ref _bytes, bytes) <= MostBytes;
        if (!fits)
            Exit(bytes);

        return fits;
    }

    /// <summary>Gives the room back.</summary>
    public void Exit(int bytes)
    {
        Interlocked.Decrement(ref _messages);
        Interlocked.Add(ref _bytes, -bytes);
    }

    /// <summary>Counts a message that was not sent, and whose sender does not wait for it. Warns from time to time.</summary>
    public void CountFailed(Exception why)
    {
        Interlocked.Increment(ref _failed);
        meter.BackplaneFailures.Add(1, new KeyValuePair<string, object?>(TagNames.Failure, "not_sent"));
        var warned = Volatile.Read(ref _warned);
        if ((warned == 0 || time.GetElapsedTime(warned) > BetweenWarnings)
            && Interlocked.CompareExchange(ref _warned, Math.Max(time.GetTimestamp(), 1), warned) == warned)
            log.NotSent(why, Failed);
    }
}
