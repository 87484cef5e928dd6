namespace Krait;

/// <summary>How rooms use Redis.</summary>
public sealed class KraitRedisOptions
{
    /// <summary>
    /// The beginning of all keys and channels; "krait" by default, not empty. Applications that share a Redis server need
    /// different prefixes; the servers of one application need the same.
    /// </summary>
    public string Prefix { get; set; } = "krait";

    /// <summary>
    /// Whether Krait uses sharded pub/sub, which needs Redis 7.0 or newer. Null, the default, uses it in a cluster. All servers
    /// of an application need the same value.
    /// </summary>
    public bool? ShardedPubSub { get; set; }
}
