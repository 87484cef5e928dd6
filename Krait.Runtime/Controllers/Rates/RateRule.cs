using System.Threading.RateLimiting;
using Krait.CompilerServices;
using Krait.Upgrading;

namespace Krait.Controllers;

/// <summary>One limit of an endpoint. Immutable, but for the shared limiter.</summary>
/// <param name="Index">Its place among the limits of the endpoint.</param>
/// <param name="Rate">How many messages.</param>
/// <param name="Size">The size of the bucket that each connection has.</param>
/// <param name="Shared">The buckets of all users, if they count instead of connections.</param>
internal sealed record RateRule(
    int Index, MessageRate Rate, BucketSize Size, PartitionedRateLimiter<ClientPartition>? Shared);
