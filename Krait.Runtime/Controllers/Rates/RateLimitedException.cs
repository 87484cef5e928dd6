namespace Krait;

/// <summary>
/// The client sends more messages than a <see cref="RateLimitAttribute"/> with <see cref="WhenOver.Refuse"/> allows.
/// </summary>
/// <remarks>
/// Krait has dropped the message. An [OnError] handler may take the exception, and the connection goes on; else it is closed with
/// 1008. Further messages over the limit are dropped without another exception, until one was within the limit.
/// </remarks>
/// <param name="retryAfter">When the limit has room for a message again.</param>
public sealed class RateLimitedException(TimeSpan retryAfter)
    : Exception($"Too many messages; send the next one after {Math.Ceiling(retryAfter.TotalSeconds)} s.")
{
    /// <summary>When the limit has room for a message again, from now.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
