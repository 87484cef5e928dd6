namespace Market.Meters;

/// <summary>
/// Durations in buckets, each a tenth wider than the one before, from a microsecond to minutes. So a quantile is at most a tenth
/// too high, for a fixed amount of memory. Not thread-safe.
/// </summary>
public sealed class DurationBuckets
{
    private const double Shortest = 1e-6;
    private const double Growth = 1.1;

    private readonly long[] counts = new long[200];

    /// <summary>How many durations there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a duration, in seconds.</summary>
    public void Add(double seconds)
    {
        var bucket = seconds <= Shortest ? 0 : (int)Math.Ceiling(Math.Log(seconds / Shortest, Growth) - 1e-9);
        counts[Math.Min(bucket, counts.Length - 1)]++;
        Count++;
    }

    /// <summary>The duration in seconds that a share of all durations does not exceed; null if there is none.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double? Quantile(double share)
    {
        if (Count == 0)
            return null;

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var bucket = 0;
        for (var passed = counts[0]; passed < rank; passed += counts[bucket])
            bucket++;

        return Shortest * Math.Pow(Growth, bucket);
    }

    /// <summary>Forgets all durations.</summary>
    public void Clear()
    {
        Array.Clear(counts);
        Count = 0;
    }
}
