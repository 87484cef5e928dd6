using System.Numerics;
using CsCheck;
using Krait.Controllers;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>A bucket gives its burst, then its rate: never a message more, and never one less.</summary>
public sealed class TokenBucketTests
{
    private static readonly FakeTimeProvider Clock = new();

    private static readonly Gen<(int Messages, int PerSeconds, int Burst)> Rates =
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 3_600], Gen.Int[1, 1_000_000]);

    // Most pauses are about as long as a token takes, some are long enough to fill the bucket.
    private static readonly Gen<double> Pauses = Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 3], Gen.Double[0, 2_000_000]);

    [Fact]
    public void The_burst_passes_at_once_and_then_one_message_each_time_that_a_token_takes()
    {
        var size = BucketSize.Of(messages: 20, perSeconds: 1, burst: 40, Clock.TimestampFrequency);
        var bucket = new TokenBucket(size, now: 0);
        for (var i = 0; i < 40; i++)
            Assert.Equal(0, bucket.Take(size, now: 0));

        var token = Clock.TimestampFrequency / 20;
        Assert.Equal(token, bucket.Take(size, now: 0));
        Assert.Equal(1, bucket.Take(size, token - 1));
        Assert.Equal(0, bucket.Take(size, token));
        Assert.Equal(token, bucket.Take(size, token));
    }

    [Fact]
    public void A_silence_saves_no_more_than_the_burst()
    {
        var size = BucketSize.Of(messages: 20, perSeconds: 1, burst: 2, Clock.TimestampFrequency);
        var bucket = new TokenBucket(size, now: 0);
        var later = long.MaxValue / 2;
        Assert.Equal([0, 0], new[] { bucket.Take(size, later), bucket.Take(size, later) });
        Assert.NotEqual(0, bucket.Take(size, later));
    }

    [Fact]
    public void A_clock_that_stops_or_goes_back_gives_nothing()
    {
        var size = BucketSize.Of(messages: 1, perSeconds: 1, burst: 1, Clock.TimestampFrequency);
        var bucket = new TokenBucket(size, now: 1000);
        Assert.Equal(0, bucket.Take(size, now: 1000));
        Assert.Equal(Clock.TimestampFrequency, bucket.Take(size, now: 1000));
        Assert.Equal(Clock.TimestampFrequency, bucket.Take(size, now: 0));
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    public void Whatever_the_rate_and_the_pauses_it_does_what_a_bucket_of_fractions_does(long frequency) =>
        Gen.Select(Rates, Pauses.Array[0, 60]).Sample((rate, pauses) => Compare(rate, pauses, frequency), iter: 2000);

    private static void Compare((int Messages, int PerSeconds, int Burst) rate, double[] pauses, long frequency)
    {
        var size = BucketSize.Of(rate.Messages, rate.PerSeconds, rate.Burst, frequency);
        var bucket = new TokenBucket(size, now: 0);
        var tokenTicks = (double)rate.PerSeconds * frequency / rate.Messages;

        // The model counts token / (messages * frequency * perSeconds) without rounding, and starts near the end of the burst.
        BigInteger token = new BigInteger(rate.PerSeconds) * frequency;
        var full = token * rate.Burst;
        var units = full;
        long now = 0;
        Drain(ref bucket, ref units, size, token, leave: 2);
        foreach (var pause in pauses)
        {
            var ticks = (long)Math.Min(pause * tokenTicks, long.MaxValue / 1024);
            now += ticks;
            units = BigInteger.Min(full, units + (new BigInteger(ticks) * rate.Messages));
            var wait = bucket.Take(size, now);
            Assert.Equal(units >= token, wait == 0);
            if (wait == 0)
                units -= token;
            else
                AssertNext(bucket, size, now, wait);
        }
    }

    private static void Drain(ref TokenBucket bucket, ref BigInteger units, in BucketSize size, BigInteger token, int leave)
    {
        for (var i = 0; i < 1000 && units > token * leave; i++)
        {
            Assert.Equal(0, bucket.Take(size, now: 0));
            units -= token;
        }
    }

    private static void AssertNext(TokenBucket bucket, in BucketSize size, long now, long wait)
    {
        var (early, late) = (bucket, bucket);
        Assert.Equal(1, early.Take(size, now + wait - 1));
        Assert.Equal(0, late.Take(size, now + wait));
    }
}
