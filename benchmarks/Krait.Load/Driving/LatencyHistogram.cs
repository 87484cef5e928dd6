using System.Diagnostics;
using System.Numerics;

namespace Krait.Load.Driving;

/// <summary>Latencies in buckets that are a thirty-second of their power of two wide.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 5;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    /// <summary>Whether what is added counts.</summary>
    public bool IsOn { get; set; }

    public void Add(long ticks, int count)
    {
        if (IsOn)
            _counts[BucketOf((ulong)Math.Max(ticks, 0))] += count;
    }

    /// <summary>Adds all to another, and is empty again.</summary>
    public void MoveTo(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            other._counts[i] += _counts[i];

        Array.Clear(_counts);
    }

    /// <summary>The latency that so much of all answers did not exceed.</summary>
    public double Microseconds(double quantile)
    {
        var rest = (long)Math.Ceiling(_counts.Sum() * quantile);
        for (var i = 0; i < _counts.Length; i++)
        {
            rest -= _counts[i];
            if (rest <= 0)
                return TicksOf(i) * 1e6 / Stopwatch.Frequency;
        }

        return 0;
    }

    private static int BucketOf(ulong ticks)
    {
        var exponent = Math.Max(0, BitOperations.Log2(ticks | 1) - StepBits);
        return (exponent << StepBits) + (int)(ticks >> exponent);
    }

    private static double TicksOf(int bucket)
    {
        var exponent = Math.Max(0, (bucket >> StepBits) - 1);
        return (bucket - ((double)exponent * Steps) + 0.5) * Math.Pow(2, exponent);
    }
}
