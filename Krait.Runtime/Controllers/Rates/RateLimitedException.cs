namespace Krait;

/// <summary>
/// The client sends more messages than a <see cref="RateLimitAttribute"/> with <see cref="WhenOver.Refuse"/> allows.
/// </summary>
/// <remarks>
/// Krait has dropped the message. If an [OnError] handler takes the exception, the connection goes on. Otherwise Krait closes it
/// with 1008. Krait drops further messages over the limit without another exception, until a message was within the limit.
/// </remarks>
/// <param name="retryAfter">How long it takes until the limit has room for a message again.</param>
public sealed class RateLimitedException(TimeSpan retryAfter)
    : Exception($"Too many messages; send the next one after {Math.Ceiling(retryAfter.TotalSeconds)} s.")
{
    /// <summary>How long it takes until the limit has room for a message again, from now.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
