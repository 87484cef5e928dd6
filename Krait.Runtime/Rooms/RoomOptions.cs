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

    /// <summary>
    /// How many messages each room keeps, and for how long, so that clients that come back get the messages that they missed.
    /// Null, the default, keeps none.
    /// </summary>
    public RoomHistory? History { get; set; }

    /// <summary>
    /// The largest message in bytes that a room sends to other servers; 1 MiB by default, at least 1. Without a backplane there
    /// is no limit.
    /// </summary>
    public int MaxMessageSize { get; set; } = 1024 * 1024;

    /// <summary>
    /// The members that get a message while a room cannot reach the other servers; <see cref="RoomUnavailability.Fail"/> by
    /// default.
    /// </summary>
    public RoomUnavailability WhenUnavailable { get; set; }
}
