namespace Krait;

/// <summary>
/// Limits how many messages a client may send: on a controller all messages, on a message type those of that type.
/// </summary>
/// <remarks>
/// <para>
/// On a controller it counts every message before it is decoded, malformed ones too. On a message type it counts a message when
/// its type is known, before it is deserialized.
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
    /// How many messages may come at once after a silence; 1 to 1,000,000. Unless you set it, it is <see cref="Messages"/>.
    /// </summary>
    public int Burst { get; set; } = messages;

    /// <summary>What Krait does with a message over the limit; it waits unless you set this.</summary>
    public WhenOver WhenOver { get; set; }

    /// <summary>Which messages count together; those of one connection unless you set it.</summary>
    public RateLimitPer Per { get; set; }
}
