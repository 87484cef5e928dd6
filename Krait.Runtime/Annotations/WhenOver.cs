namespace Krait;

/// <summary>What Krait does with a message that is over a <see cref="RateLimitAttribute"/>.</summary>
public enum WhenOver
{
    /// <summary>
    /// The message waits, and those after it, until the limit has room. When ReceiveQueueCapacity or ReceiveBufferSize is
    /// reached, Krait reads no further, and TCP slows the client down. Nothing is lost.
    /// </summary>
    Wait,

    /// <summary>
    /// Krait drops the message. [OnError] gets a <see cref="RateLimitedException"/> for the first of them, and again after a
    /// message was within the limit. If no [OnError] takes it, the connection is closed with 1008.
    /// </summary>
    Refuse,

    /// <summary>Krait closes the connection with 1008, <see cref="CloseCause.LimitExceeded"/>.</summary>
    Close,
}
