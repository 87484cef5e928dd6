using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>The kind of result of <see cref="MessageTransport.ReadAsync"/>.</summary>
internal enum TransportReadKind : byte
{
    /// <summary>A whole message.</summary>
    Message,

    /// <summary>The peer's close frame.</summary>
    Close,

    /// <summary>The peer broke the protocol or a limit; the status says how, and no more can be read.</summary>
    Violation,

    /// <summary>The connection is gone: lost, aborted or timed out.</summary>
    Lost,
}

/// <summary>A message, or how the reading ended.</summary>
/// <remarks>It is small, because it is copied for each message, and every idle connection keeps several.</remarks>
internal readonly struct TransportRead
{
    private readonly byte _type;
    private readonly byte _cause;
    private readonly ushort _status;
    private readonly object? _detail;

    private TransportRead(TransportReadKind kind, CloseCause cause, WebSocketCloseStatus status, object? detail)
    {
        Kind = kind;
        _cause = (byte)cause;
        _status = (ushort)status;
        _detail = detail;
    }

    private TransportRead(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        _type = (byte)type;
        Payload = payload;
    }

    public TransportReadKind Kind { get; }

    /// <summary>Text or Binary, of a message.</summary>
    public WebSocketMessageType Type => (WebSocketMessageType)_type;

    /// <summary>The payload of a message: valid until the next read, unless it is detached.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>
    /// Why the reading ended: ClientClosed, ConnectionLost, KeepAliveTimeout, SendTimeout, ProtocolError, MessageTooLarge.
    /// </summary>
    public CloseCause Cause => (CloseCause)_cause;

    /// <summary>The peer's status (1005 if it gave none), the status that answers its violation, or 1006.</summary>
    public WebSocketCloseStatus Status => (WebSocketCloseStatus)_status;

    /// <summary>The peer's reason, or a short sentence that names its violation.</summary>
    public string? Reason => _detail as string;

    /// <summary>The exception of the carrier, if any.</summary>
    public Exception? Error => _detail as Exception;

    public static TransportRead Message(WebSocketMessageType type, ReadOnlyMemory<byte> payload) => new(type, payload);

    /// <summary>The peer's close frame.</summary>
    public static TransportRead Close(WebSocketCloseStatus status, string? reason) =>
        new(TransportReadKind.Close, CloseCause.ClientClosed, status, reason);

    /// <summary>The peer broke the protocol or a limit.</summary>
    public static TransportRead Violation(CloseCause cause, WebSocketCloseStatus status, string reason) =>
        new(TransportReadKind.Violation, cause, status, reason);

    /// <summary>The peer broke the framing: 1002.</summary>
    public static TransportRead ProtocolError(string reason) =>
        Violation(CloseCause.ProtocolError, WebSocketCloseStatus.ProtocolError, reason);

    /// <summary>The peer sent a payload that does not match the type of its frame: 1007.</summary>
    public static TransportRead InvalidPayload(string reason) =>
        Violation(CloseCause.ProtocolError, WebSocketCloseStatus.InvalidPayloadData, reason);

    /// <summary>The peer sent a message over the limit: 1009.</summary>
    public static TransportRead TooLarge() =>
        Violation(CloseCause.MessageTooLarge, WebSocketCloseStatus.MessageTooBig, "The message is too large.");

    /// <summary>The connection is gone.</summary>
    public static TransportRead Lost(CloseCause cause, Exception? error = null) =>
        new(TransportReadKind.Lost, cause, CloseFrame.Abnormal, error);
}
