using System.Net.WebSockets;

namespace Krait;

/// <summary>How a connection ended.</summary>
/// <param name="Status">
/// The close status: the client's if the client closed, else the server's; 1006 if neither side sent a close frame (RFC 6455,
/// section 7.4).
/// </param>
/// <param name="Reason">The reason in the same close frame, if any.</param>
/// <param name="Cause">Why the connection ended.</param>
public sealed record CloseInfo(WebSocketCloseStatus Status, string? Reason, CloseCause Cause)
{
    /// <summary>Whether both sides exchanged close frames.</summary>
    public bool WasClean { get; init; }

    /// <summary>The exception that ended the connection, if any. The client never sees it.</summary>
    public Exception? Error { get; init; }
}

/// <summary>Why a connection ended.</summary>
public enum CloseCause
{
    /// <summary>The client sent a close frame.</summary>
    ClientClosed,

    /// <summary>The connection broke without a close frame.</summary>
    ConnectionLost,

    /// <summary>This side closed: <c>Close</c> was called or [Run] returned.</summary>
    ServerClosed,

    /// <summary>The host is stopping: 1001.</summary>
    HostStopping,

    /// <summary>The client did not answer a ping in time.</summary>
    KeepAliveTimeout,

    /// <summary>The client read nothing for too long, although messages waited to be sent.</summary>
    SendTimeout,

    /// <summary>A handler, [Run] or a stream threw: 1011.</summary>
    HandlerFailed,

    /// <summary>The client broke RFC 6455: 1002, or 1007 for text that is not UTF-8.</summary>
    ProtocolError,

    /// <summary>The client sent something that is not a message of the controller: 1003 or 1007.</summary>
    InvalidMessage,

    /// <summary>The client sent a message over the limit: 1009.</summary>
    MessageTooLarge,

    /// <summary>
    /// The client exceeded a limit other than the size of a message, and no [OnError] took the exception: 1008.
    /// </summary>
    LimitExceeded,

    /// <summary>The client read the messages of a room too slowly, or <c>CloseTooSlow</c> was called: 1013.</summary>
    TooSlow,

    /// <summary>The host is stopping, and <see cref="KraitOptions.DrainPeriod"/> is set: 1012.</summary>
    Draining,

    /// <summary>
    /// The authentication of the user expired: 1008, or <see cref="KraitOptions.AuthenticationExpiredStatus"/>. This needs
    /// <see cref="KraitOptions.CloseOnAuthenticationExpiration"/>.
    /// </summary>
    AuthenticationExpired,
}
