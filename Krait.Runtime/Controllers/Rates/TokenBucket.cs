using System.Diagnostics;

namespace Krait.Controllers;

/// <summary>A token bucket: every message takes a token, and tokens come back at a steady rate, up to the burst.</summary>
/// <remarks>
/// It is exact, because it counts in whole numbers: one tick of the clock brings <c>Messages</c> units, and a token is as many
/// units as the clock has ticks in <c>PerSeconds</c>. Not thread-safe: one thread at a time charges a connection.
/// </remarks>
internal struct TokenBucket
{
    private long _units;
    private long _since;

    /// <summary>Makes a full bucket.</summary>
    public TokenBucket(in BucketSize size, long now)
    {
        _units = size.Full;
        _since = now;
    }

    /// <summary>Takes a token if there is one.</summary>
    /// <returns>0 if it took one, else the number of ticks until there is one.</returns>
    public long Take(in BucketSize size, long now)
    {
        Fill(size, now);
        if (_units < size.Token)
            return (size.Token - _units + size.UnitsPerTick - 1) / size.UnitsPerTick;

        _units -= size.Token;
        return 0;
    }

    private void Fill(in BucketSize size, long now)
    {
        var elapsed = now - _since;
        if (elapsed <= 0)
            return;

        _since = now;
        var missing = size.Full - _units;
        _units = elapsed > missing / size.UnitsPerTick ? size.Full : _units + (elapsed * size.UnitsPerTick);
        Debug.Assert(_units >= 0 && _units <= size.Full, "A bucket has no debts and does not run over.");
    }
}

/// <summary>The size of a token bucket, in units.</summary>
/// <param name="UnitsPerTick">How many units a tick of the clock brings.</param>
/// <param name="Token">How many units a token is.</param>
/// <param name="Full">How many units fill the bucket.</param>
internal readonly record struct BucketSize(long UnitsPerTick, long Token, long Full)
{
    /// <summary>The size for a rate. The ranges of [RateLimit] keep it below 2^63 where a clock has nanoseconds.</summary>
    /// <exception cref="OverflowException">The clock ticks much faster than that.</exception>
    public static BucketSize Of(int messages, int perSeconds, int burst, long frequency)
    {
        var token = checked(perSeconds * frequency);
        return new(messages, token, checked(burst * token));
    }
}
