namespace Krait;

/// <summary>
/// Tells [OnOpen] whether a client that was away gets all messages of the room that it missed. Take it in a parameter with
/// <see cref="ResumeAttribute"/>.
/// </summary>
/// <remarks>
/// The missed messages follow the reply of [OnOpen], in order. The new messages come after them. With
/// <see cref="ResumeAttribute.ReplayAll"/>, a client that is not recovered gets all messages that the room keeps in the same way.
/// </remarks>
public sealed class Resumption
{
    /// <summary>The length of the longest position that a client may send.</summary>
    internal const int LongestPosition = 64;

    /// <summary>Creates a value for a test. Krait creates its own.</summary>
    /// <param name="recovered">Whether nothing is missing.</param>
    /// <param name="position">The position in the room from which messages follow; null if unknown.</param>
    public Resumption(bool recovered = false, string? position = null) => (Recovered, Position) = (recovered, position);

    /// <summary>
    /// Whether the client gets every message between the position that it sent and now. False if it sent no position, if the
    /// position is malformed, unknown or too old, or if messages after it may be missing. Then send the client the whole state.
    /// </summary>
    public bool Recovered { get; internal set; }

    /// <summary>
    /// The position of the last message of the room before the connection joined. A client that leaves before it gets a message
    /// of the room can send this position the next time. Null if the room keeps no history, or its history is empty.
    /// </summary>
    public string? Position { get; internal set; }

    /// <summary>The position that the client sent; null if it sent none, or not a valid one.</summary>
    internal string? From { get; init; }

    /// <summary>Whether the client gets everything that the room keeps if it is not recovered.</summary>
    internal bool ReplaysAll { get; init; }

    /// <summary>Whether the client may get messages from the history.</summary>
    internal bool NeedsHistory => From is not null || ReplaysAll;
}
