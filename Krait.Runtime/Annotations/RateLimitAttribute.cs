namespace Krait;

/// <summary>
/// Limits how many messages a client may send: on a controller for all messages, on a message type for messages of that type.
/// </summary>
/// <remarks>
/// <para>
/// On a controller, Krait counts every message before it decodes it, malformed ones too. On a message type, Krait counts a
/// message when its type is known, before it deserializes the message.
/// </para>
/// <para>
/// If a type of a union has limits of its own, its messages do not count against those of its base. If there are several limits,
/// a message must be within all of them.
/// </para>
/// </remarks>
/// <param name="messages">How many messages; 1 to 1,000,000.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, AllowMultiple = true, Inherited = false)]
public sealed class RateLimitAttribute(int messages) : Attribute
{
    /// <summary>How many messages in <see cref="PerSeconds"/>.</summary>
    public int Messages { get; } = messages;

    /// <summary>In how many seconds; 1 to 3,600. The default is 1.</summary>
    public int PerSeconds { get; set; } = 1;

    /// <summary>
    /// How many messages may come at once after a silence; 1 to 1,000,000. The default is <see cref="Messages"/>.
    /// </summary>
    public int Burst { get; set; } = messages;

    /// <summary>The action for a message over the limit; by default, the message waits.</summary>
    public WhenOver WhenOver { get; set; }

    /// <summary>Which messages count together; by default those of one connection.</summary>
    public RateLimitPer Per { get; set; }
}
