namespace Krait;

/// <summary>The actions of a room if a member reads too slowly, so that too many messages wait for it.</summary>
public enum SlowReaderPolicy
{
    /// <summary>
    /// Closes the connection with 1013 if too many messages wait and the client has read nothing for about a second. The
    /// default.
    /// </summary>
    Close,

    /// <summary>Drops the new message if too many wait.</summary>
    DropNewest,

    /// <summary>
    /// Drops the oldest waiting message with <see cref="DropOldest"/> or <see cref="DropNewest"/> if too many wait; if there is
    /// none, the new message.
    /// </summary>
    DropOldest,

    /// <summary>
    /// Replaces the waiting message with the same key, even if few messages wait. The last value of each key always arrives.
    /// Closes the connection if more than 4,096 keys wait.
    /// </summary>
    Conflate,
}
