using System.Collections.Concurrent;
using Krait.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Controllers;

/// <summary>The limits of an endpoint's messages: first those of all messages, then those of types. Thread-safe.</summary>
internal sealed class RateRules
{
    private readonly RateRule[] _all;
    private readonly RateRule[] _typed;
    private readonly ConcurrentDictionary<Type, RateRule[]> _byType = new();

    private RateRules(RateRule[] all)
    {
        _all = all;
        OfAll = [.. all.Where(static rule => rule.Rate.Type is null)];
        _typed = [.. all.Where(static rule => rule.Rate.Type is not null)];
        HasShared = all.Any(static rule => rule.Shared is not null);
    }

    /// <summary>The limits of all messages.</summary>
    public RateRule[] OfAll { get; }

    /// <summary>How many limits there are.</summary>
    public int Count => _all.Length;

    /// <summary>Whether a message's type must be known.</summary>
    public bool HasTypes => _typed.Length > 0;

    /// <summary>Whether a limit counts users.</summary>
    public bool HasShared { get; }

    /// <summary>The limits of a descriptor; null if there are none.</summary>
    public static RateRules? Of(Type controller, IReadOnlyList<MessageRate> rates, IServiceProvider services)
    {
        if (rates.Count == 0)
            return null;

        var frequency = services.GetRequiredService<TimeProvider>().TimestampFrequency;
        return new([.. rates.Select((rate, index) => new RateRule(
            index,
            rate,
            BucketSize.Of(rate.Messages, rate.PerSeconds, rate.Burst, frequency),
            rate.Per == RateLimitPer.User ? services.GetRequiredService<SharedRates>().Of(controller, rate) : null))]);
    }

    /// <summary>Makes the full buckets of a connection, by the index of the limit.</summary>
    public TokenBucket[] NewBuckets(long now) => [.. _all.Select(rule => new TokenBucket(rule.Size, now))];

    /// <summary>
    /// The limits of a type: those of the most derived type that has limits. Of unrelated interfaces, the limits of each count.
    /// </summary>
    public RateRule[] OfType(Type type)
    {
        return _byType.TryGetValue(type, out var found) ? found : _byType.GetOrAdd(type, Find);

        RateRule[] Find(Type type)
        {
            var fitting = _typed.Where(rule => rule.Rate.Type!.IsAssignableFrom(type)).ToList();
            return [.. fitting.Where(rule => !fitting.Exists(other =>
                other.Rate.Type != rule.Rate.Type && rule.Rate.Type!.IsAssignableFrom(other.Rate.Type)))];
        }
    }
}
