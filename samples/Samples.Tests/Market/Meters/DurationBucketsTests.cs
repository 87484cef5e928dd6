using Market.Meters;

namespace Samples.Tests.Market.Meters;

public sealed class DurationBucketsTests
{
    private readonly DurationBuckets buckets = new();

    [Fact]
    public void Without_durations_there_is_no_quantile() => Assert.Null(buckets.Quantile(0.5));

    [Fact]
    public void A_quantile_is_at_most_a_tenth_above_the_exact_one()
    {
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
            buckets.Add(milliseconds / 1000d);

        Assert.InRange(buckets.Quantile(0.5)!.Value, 0.5, 0.5 * 1.1);
        Assert.InRange(buckets.Quantile(0.99)!.Value, 0.99, 0.99 * 1.1);
        Assert.InRange(buckets.Quantile(1)!.Value, 1, 1.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    public void What_is_too_short_to_tell_apart_takes_a_microsecond(double seconds)
    {
        buckets.Add(seconds);

        Assert.Equal(1e-6, buckets.Quantile(0.99));
    }

    [Fact]
    public void What_is_too_long_to_tell_apart_takes_minutes()
    {
        buckets.Add(1e9);

        Assert.InRange(buckets.Quantile(0.5)!.Value, 60, 600);
    }

    [Fact]
    public void What_was_cleared_does_not_count()
    {
        buckets.Add(1);
        buckets.Clear();
        Assert.Null(buckets.Quantile(0.5));
        buckets.Add(0.001);

        Assert.InRange(buckets.Quantile(0.99)!.Value, 0.001, 0.0011);
    }
}
