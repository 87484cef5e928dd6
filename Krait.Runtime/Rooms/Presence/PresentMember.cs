namespace Krait.Rooms;

/// <summary>A member of a room, from its announcement until it leaves or is announced anew.</summary>
/// <param name="member">The member that the application announced.</param>
/// <param name="encoded">The same for other servers; empty if there are none.</param>
internal sealed class PresentMember<TMember>(TMember member, ReadOnlyMemory<byte> encoded)
    where TMember : class
{
    public TMember Member => member;

    /// <summary>The server that holds its connection; null if it is this one.</summary>
    public string? Server { get; set; }

    /// <summary>The number of the event with which it came; 0 if it was there before the first.</summary>
    public long Joined { get; set; }

    /// <summary>The number of the event with which it went.</summary>
    public long Left { get; set; } = long.MaxValue;

    /// <summary>Whether an announcement says nothing new.</summary>
    public bool IsLike(PresentMember<TMember> other) => Encoded.IsEmpty
        ? ReferenceEquals(member, other.Member)
        : Encoded.Span.SequenceEqual(other.Encoded.Span);

    private ReadOnlyMemory<byte> Encoded => encoded;
}
