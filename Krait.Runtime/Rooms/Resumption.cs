namespace Krait;

/// <summary>
/// Tells [OnOpen] whether a client that was away gets all messages of the room that it missed. A parameter with
/// <see cref="ResumeAttribute"/> takes it.
/// </summary>
/// <remarks>
/// What the client missed follows the reply of [OnOpen], in order, and then the new messages. With
/// <see cref="ResumeAttribute.ReplayAll"/>, so does what the room keeps for a client that is not recovered.
/// </remarks>
public sealed class Resumption
{
    /// <summary>The length of the longest position that a client may send.</summary>
    internal const int LongestPosition = 64;

    /// <summary>Makes one for a test; Krait makes its own.</summary>
    /// <param name="recovered">Whether nothing is missing.</param>
    /// <param name="position">The position in the room from which messages follow; null if unknown.</param>
    public Resumption(bool recovered = false, string? position = null) => (Recovered, Position) = (recovered, position);

    /// <summary>
    /// Whether the client gets every message between the position that it sent and now. False if it sent none, if the position is
    /// malformed, unknown or too old, or if something may be missing after it: then send the client the whole state.
    /// </summary>
    public bool Recovered { get; internal set; }

    /// <summary>
    /// The position of the last message of the room before the connection joined. The client can send it back the next time, if
    /// it gets no message of the room before it goes. Null if the room keeps no history, or its history is empty.
    /// </summary>
    public string? Position { get; internal set; }

    /// <summary>What the client sent.</summary>
    internal string? From { get; init; }

    /// <summary>Whether the client gets everything that the room keeps if it is not recovered.</summary>
    internal bool ReplaysAll { get; init; }

    /// <summary>Whether the client may get messages from the history.</summary>
    internal bool NeedsHistory => From is not null || ReplaysAll;
}
