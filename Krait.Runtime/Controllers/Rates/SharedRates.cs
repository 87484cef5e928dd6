using System.Threading.RateLimiting;
using Krait.CompilerServices;
using Krait.Upgrading;

namespace Krait.Controllers;

/// <summary>The limits that all connections of a user share: one for the whole server. Thread-safe.</summary>
/// <remarks>System.Threading.RateLimiting forgets users without messages, and gives tokens back ten times a second.</remarks>
internal sealed class SharedRates : IDisposable
{
    private readonly Dictionary<(Type Controller, MessageRate Rate), PartitionedRateLimiter<ClientPartition>> _limiters = [];

    /// <summary>The limiter of a rule, the same after Hot Reload.</summary>
    public PartitionedRateLimiter<ClientPartition> Of(Type controller, MessageRate rate)
    {
        lock (_limiters)
        {
            if (!_limiters.TryGetValue((controller, rate), out var limiter))
                _limiters[(controller, rate)] = limiter = Create(rate);

            return limiter;
        }
    }

    public void Dispose()
    {
        lock (_limiters)
        {
            foreach (var limiter in _limiters.Values)
                limiter.Dispose();

            _limiters.Clear();
        }
    }

    private static PartitionedRateLimiter<ClientPartition> Create(MessageRate rate)
    {
        // One token a period: the limiter rounds the time until the next token up to whole periods.
        var options = new TokenBucketRateLimiterOptions
        {
            AutoReplenishment = false, // the partitioned limiter has one timer for all users
            TokenLimit = rate.Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(rate.PerSeconds) / rate.Messages,
        };
        Func<ClientPartition, RateLimiter> create = _ => new TokenBucketRateLimiter(options);
        return PartitionedRateLimiter.Create<ClientPartition, ClientPartition>(client => RateLimitPartition.Get(client, create));
    }
}
