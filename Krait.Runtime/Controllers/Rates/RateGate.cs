using System.Threading.RateLimiting;
using Krait.Transport;
using Krait.Upgrading;

namespace Krait.Controllers;

/// <summary>Charges the messages of one connection to its limits. One thread at a time.</summary>
internal sealed class RateGate(RateRules rules, ClientPartition client, HandlerTable handlers, TimeProvider time)
{
    // A shared limiter gives tokens back every 100 ms, so asking it at once again would only cost memory.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly TokenBucket[] _buckets = rules.NewBuckets(time.GetTimestamp());
    private readonly long[] _pausedUntil = rules.HasShared ? new long[rules.Count] : [];
    private readonly bool[] _isTold = new bool[rules.Count];

    /// <summary>Takes a token of each limit that holds for the message.</summary>
    /// <param name="read">The message.</param>
    /// <param name="taken">How many limits it was charged to before; counts those that are added.</param>
    /// <param name="retryAfter">When the limit that it returns has a token again.</param>
    /// <returns>The limit that has no token; null if the message is within all.</returns>
    public RateRule? Charge(in TransportRead read, ref int taken, out TimeSpan retryAfter)
    {
        var now = time.GetTimestamp();
        var general = rules.OfAll;
        if (ChargeTo(general, 0, now, ref taken, out retryAfter) is { } over)
            return over;

        return rules.HasTypes && handlers.TypeOf(read.Type, read.Payload) is { } type
            ? ChargeTo(rules.OfType(type), general.Length, now, ref taken, out retryAfter)
            : null;
    }

    /// <summary>
    /// Whether all messages that arrive at the same time as a refused one are refused too: they are charged to its limit first.
    /// </summary>
    public bool RefusesAll(RateRule over) => rules.OfAll is [var first, ..] && first == over;

    /// <summary>Whether [OnError] hears of a message over the limit: once, until a message is within it.</summary>
    public bool TryTell(RateRule rule)
    {
        if (_isTold[rule.Index])
            return false;

        return _isTold[rule.Index] = true;
    }

    private RateRule? ChargeTo(RateRule[] charged, int before, long now, ref int taken, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        while (taken - before < charged.Length)
        {
            var rule = charged[taken - before];
            var wait = rule.Shared is null ? _buckets[rule.Index].Take(rule.Size, now) : TakeShared(rule, now);
            if (wait > 0)
            {
                retryAfter = time.GetElapsedTime(0, wait);
                return rule;
            }

            _isTold[rule.Index] = false;
            taken++;
        }

        return null;
    }

    private long TakeShared(RateRule rule, long now)
    {
        ref var until = ref _pausedUntil[rule.Index];
        if (now < until)
            return until - now;

        using var lease = rule.Shared!.AttemptAcquire(client);
        if (lease.IsAcquired)
            return 0;

        var pause = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > ShortestPause ? after : ShortestPause;
        var ticks = (long)(pause.TotalSeconds * time.TimestampFrequency);
        until = now + ticks;
        return ticks;
    }
}
