using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>The seam: an upgraded connection that carries whole messages, whatever carries the bytes.</summary>
/// <remarks>
/// One reader at a time calls <see cref="ReadAsync"/>. Output is appended under <see cref="OutputLock"/> by any thread and leaves in order;
/// <see cref="Flush"/> never waits. Pings are answered, and sent, by the transport while <see cref="ReadAsync"/> is pending.
/// Nothing here throws for what a peer does: it comes out of <see cref="ReadAsync"/> as a <see cref="TransportRead"/>.
/// </remarks>
internal abstract class MessageTransport : IAsyncDisposable
{
    /// <summary>Guards the output: held from <see cref="BeginMessage"/> to <see cref="CompleteMessage"/>, and for <see cref="WriteClose"/>.</summary>
    public Lock OutputLock { get; } = new();

    /// <summary>Called, outside the lock, whenever output has left and there may be room again, and once when no more output can leave.</summary>
    public Action? OutputAdvanced { get; set; }

    /// <summary>Completed messages, in bytes, that the carrier has not taken yet. Any thread.</summary>
    public abstract long BufferedBytes { get; }

    /// <summary>Completes, never with an error: with null when the close frame has left, else with why no more output can leave
    /// (ConnectionLost, SendTimeout, KeepAliveTimeout), also while nobody reads.</summary>
    public abstract Task<CloseCause?> OutputCompletion { get; }

    /// <summary>Reads the next message, or how the reading ended; after an end every call says the same again.</summary>
    public abstract ValueTask<TransportRead> ReadAsync();

    /// <summary>Reads and discards bytes until the peer's FIN, so that a close frame that answers a violation is not lost to a reset.</summary>
    public abstract ValueTask DrainAsync(CancellationToken cancellationToken);

    /// <summary>Takes over the memory behind the payload that was read last, so that it outlives the next <see cref="ReadAsync"/>; dispose to return it.</summary>
    public abstract IDisposable DetachPayload();

    /// <summary>Starts a message; what is written to the result becomes its payload. The lock must be held.</summary>
    public abstract IBufferWriter<byte> BeginMessage();

    /// <summary>Ends the message. The lock must be held.</summary>
    public abstract void CompleteMessage(WebSocketMessageType type);

    /// <summary>Forgets the message that was begun: nothing of it is sent. The lock must be held.</summary>
    public abstract void DiscardMessage();

    /// <summary>Appends the close frame, once; no output comes after it. 1005 sends an empty one. The lock must be held.</summary>
    public abstract void WriteClose(int status, string? reason);

    /// <summary>Starts sending what was completed, unless that is under way or held back by <see cref="Cork"/>. Any thread, not under the lock.</summary>
    public abstract void Flush();

    /// <summary>Holds back <see cref="Flush"/> while a batch of messages is handled. Reader only.</summary>
    public abstract void Cork();

    /// <summary>Lets output go again, and flushes. Reader only.</summary>
    public abstract void Uncork();

    /// <summary>Breaks the connection: a pending <see cref="ReadAsync"/> ends, unsent output is dropped. Any thread, any number of times.</summary>
    public abstract void Abort();

    /// <summary>Ends both directions after the closing handshake, or after <see cref="Abort"/>, and gives all buffers back. The reader and the output have ended.</summary>
    public abstract ValueTask DisposeAsync();
}

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
