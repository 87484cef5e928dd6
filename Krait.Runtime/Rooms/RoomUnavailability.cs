namespace Krait;

/// <summary>The members that get a message while a room cannot reach the other servers.</summary>
public enum RoomUnavailability
{
    /// <summary>
    /// No member gets it, so that all servers keep one order. <c>SendAsync</c> throws; <c>Send</c> counts the message and logs a
    /// warning.
    /// </summary>
    Fail,

    /// <summary>
    /// The members on this server get it. <c>SendAsync</c> still throws, because the members on other servers do not.
    /// </summary>
    LocalOnly,
}
