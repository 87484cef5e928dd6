using System.Runtime.CompilerServices;

namespace Market.Meters;

/// <summary>The snapshots of the last minute, for new pages. Thread-safe.</summary>
public sealed class MeterHistory
{
    /// <summary>The number of snapshots that it keeps.</summary>
    public const int Length = 60;

    private readonly Lock gate = new();
    private readonly Queue<MeterSnapshot> snapshots = new(Length);
    private long added; // how many there have ever been
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a snapshot, and wakes the readers.</summary>
    public void Add(MeterSnapshot snapshot)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (snapshots.Count == Length)
                snapshots.Dequeue();

            snapshots.Enqueue(snapshot);
            added++;
            (waiting, more) = (more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetResult();
    }

    /// <summary>
    /// Returns the snapshots of the last minute at once, and then each new one. A reader that is too slow misses the oldest ones.
    /// </summary>
    public async IAsyncEnumerable<MeterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken stopping)
    {
        for (var seen = 0L; ;)
        {
            var (latest, total, next) = Read(seen);
            foreach (var snapshot in latest)
                yield return snapshot;

            seen = total;
            await next.WaitAsync(stopping);
        }
    }

    private (MeterSnapshot[] Latest, long Total, Task Next) Read(long seen)
    {
        lock (gate)
            return ([.. snapshots.TakeLast((int)Math.Min(added - seen, Length))], added, more.Task);
    }
}
