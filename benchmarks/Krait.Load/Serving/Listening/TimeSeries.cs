namespace Krait.Load.Serving;

/// <summary>The sum, the number and the buckets of measurements. Thread-safe.</summary>
internal sealed class TimeSeries
{
    private static readonly double[] Bounds =
        [0.0001, 0.001, 0.01, 0.1, 1, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _sum;
    private long _count;

    /// <summary>How many measurements there were.</summary>
    public long Count => Volatile.Read(ref _count);

    public void Add(double value, bool isHistogram)
    {
        lock (_buckets)
        {
            _sum += value;
            _count++;
            if (isHistogram)
                _buckets[BucketOf(value)]++;
        }
    }

    // As OpenTelemetry does for so few buckets.
    private static int BucketOf(double value)
    {
        for (var i = 0; i < Bounds.Length; i++)
        {
            if (value <= Bounds[i])
                return i;
        }

        return Bounds.Length;
    }
}
