using System.Net.WebSockets;

namespace Krait;

/// <summary>How a connection ended.</summary>
/// <param name="Status">
/// The close status: the client's if it closed, else the one that was sent; 1006 if no close frame went either way (RFC 6455,
/// section 7.4).
/// </param>
/// <param name="Reason">The reason that came with it, if any.</param>
/// <param name="Cause">Why it ended.</param>
public sealed record CloseInfo(WebSocketCloseStatus Status, string? Reason, CloseCause Cause)
{
    /// <summary>Whether both sides exchanged close frames.</summary>
    public bool WasClean { get; init; }

    /// <summary>What failed, if something did. Never shown to the client.</summary>
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

    /// <summary>The client took nothing of what was sent for too long.</summary>
    SendTimeout,

    /// <summary>A handler, [Run] or a stream threw, or did not return in time: 1011.</summary>
    HandlerFailed,

    /// <summary>The client broke RFC 6455: 1002, or 1007 for text that is not UTF-8.</summary>
    ProtocolError,

    /// <summary>The client sent something that is not a message of the controller: 1003 or 1007.</summary>
    InvalidMessage,

    /// <summary>The client sent a message over the limit: 1009.</summary>
    MessageTooLarge,

    /// <summary>
    /// The client asked for more than a limit other than that of a message's size allows, and no [OnError] took it: 1008.
    /// </summary>
    LimitExceeded,

    /// <summary>The client read too slowly for what a room sent to it, or <c>CloseTooSlow</c> was called: 1013.</summary>
    TooSlow,
}
