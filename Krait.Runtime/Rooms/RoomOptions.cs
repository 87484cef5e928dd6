namespace Krait;

/// <summary>What holds for every room of one type of messages.</summary>
public sealed class RoomOptions
{
    /// <summary>
    /// How many messages may wait for a member that reads slowly before the policy of the message's type decides; 64 by default,
    /// at least 1.
    /// </summary>
    public int MemberCapacity { get; set; } = 64;

    /// <summary>
    /// How many bytes of a room's messages may be in the send buffer of a member; more waits as references to memory that all
    /// members share. 16 KiB by default, at least 1.
    /// </summary>
    public int MemberBufferSize { get; set; } = 16 * 1024;
}
