namespace Krait;

/// <summary>What a room does with a message while the other servers cannot be reached.</summary>
public enum RoomUnavailability
{
    /// <summary>
    /// Nobody gets it, so that all servers keep one order: <c>SendAsync</c> throws, <c>Send</c> counts and logs.
    /// </summary>
    Fail,

    /// <summary>The members on this server get it; <c>SendAsync</c> still throws, because the others do not.</summary>
    LocalOnly,
}
