namespace Krait;

/// <summary>The limits of all rooms with one type of messages.</summary>
public sealed class RoomOptions
{
    /// <summary>
    /// The number of messages that may wait for a slow member before <see cref="WhenSlowAttribute"/> applies; 64 by default, at
    /// least 1. Messages with <see cref="SlowReaderPolicy.Conflate"/> do not count.
    /// </summary>
    public int MemberCapacity { get; set; } = 64;

    /// <summary>
    /// The number of bytes of a room's messages that may be in the send buffer of a member; 16 KiB by default, at least 1.
    /// Further messages wait as references to memory that all members share.
    /// </summary>
    public int MemberBufferSize { get; set; } = 16 * 1024;
}
