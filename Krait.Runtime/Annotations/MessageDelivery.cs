namespace Krait;

/// <summary>How received messages reach a controller.</summary>
public enum MessageDelivery
{
    /// <summary>
    /// Event if there is an <see cref="OnMessageAttribute"/>; else Queue if <see cref="RunAttribute"/> takes messages; else
    /// Event.
    /// </summary>
    Inferred,

    /// <summary>Messages wait until the controller pulls them.</summary>
    Queue,

    /// <summary>
    /// Krait calls a handler for each message. Without an <see cref="OnMessageAttribute"/>, Krait closes the connection with 1003
    /// when data arrives.
    /// </summary>
    Event,
}
