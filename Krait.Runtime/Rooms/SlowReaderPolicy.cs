namespace Krait;

/// <summary>What a room does with a message for a member that reads too slowly.</summary>
public enum SlowReaderPolicy
{
    /// <summary>
    /// Closes the connection with 1013, once as many messages wait as may and the connection has taken nothing for about a
    /// second.
    /// </summary>
    Close,

    /// <summary>Drops the message.</summary>
    DropNewest,

    /// <summary>Drops the oldest waiting message that may be dropped; the new one if there is none.</summary>
    DropOldest,

    /// <summary>
    /// Replaces the waiting message with the same key, in its place. The last value of each key always arrives.
    /// </summary>
    Conflate,
}
