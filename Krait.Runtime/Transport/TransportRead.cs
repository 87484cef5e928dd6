using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>What <see cref="MessageTransport.ReadAsync"/> found.</summary>
internal enum TransportReadKind
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
internal readonly struct TransportRead
{
    private TransportRead(TransportReadKind kind, CloseCause cause, int status)
    {
        Kind = kind;
        Cause = cause;
        Status = status;
    }

    public TransportReadKind Kind { get; }

    /// <summary>Text or Binary, of a message.</summary>
    public WebSocketMessageType Type { get; private init; }

    /// <summary>The payload of a message: valid until the next read, unless it is detached.</summary>
    public ReadOnlySequence<byte> Payload { get; private init; }

    /// <summary>Why the reading ended: ClientClosed, ConnectionLost, KeepAliveTimeout, SendTimeout, ProtocolError, MessageTooLarge.</summary>
    public CloseCause Cause { get; }

    /// <summary>The peer's status (1005 if it gave none), the status that answers its violation, or 1006.</summary>
    public int Status { get; }

    /// <summary>The peer's reason, or a short sentence that names its violation.</summary>
    public string? Reason { get; private init; }

    /// <summary>What the carrier threw, if it did.</summary>
    public Exception? Error { get; private init; }

    public static TransportRead Message(WebSocketMessageType type, ReadOnlySequence<byte> payload) =>
        new(TransportReadKind.Message, default, 0) { Type = type, Payload = payload };

    public static TransportRead Close(int status, string? reason) =>
        new(TransportReadKind.Close, CloseCause.ClientClosed, status) { Reason = reason };

    public static TransportRead Violation(CloseCause cause, int status, string reason) =>
        new(TransportReadKind.Violation, cause, status) { Reason = reason };

    public static TransportRead Lost(CloseCause cause, Exception? error = null) =>
        new(TransportReadKind.Lost, cause, 1006) { Error = error };
}
