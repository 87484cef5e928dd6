namespace Krait;

/// <summary>The actions for a message that is over a <see cref="RateLimitAttribute"/>.</summary>
public enum WhenOver
{
    /// <summary>
    /// The message and those after it wait until the limit has room. When ReceiveQueueCapacity or ReceiveBufferSize is reached,
    /// Krait stops reading, and TCP slows down the client. No message is lost.
    /// </summary>
    Wait,

    /// <summary>
    /// Krait drops the message. [OnError] gets a <see cref="RateLimitedException"/> for the first such message, and again after a
    /// message was within the limit. If no [OnError] takes it, Krait closes the connection with 1008.
    /// </summary>
    Refuse,

    /// <summary>Krait closes the connection with 1008. The cause is <see cref="CloseCause.LimitExceeded"/>.</summary>
    Close,
}
