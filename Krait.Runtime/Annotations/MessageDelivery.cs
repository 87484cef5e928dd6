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
    /// Each message calls a handler. Without an <see cref="OnMessageAttribute"/> any data is answered with close status 1003.
    /// </summary>
    Event,
}
