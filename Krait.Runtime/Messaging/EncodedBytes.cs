using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Messaging;

/// <summary>A message in its encoded form.</summary>
internal sealed class EncodedBytes : SharedMessage
{
    /// <summary>Takes a payload that was encoded elsewhere.</summary>
    public EncodedBytes(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
        : base(type, payload)
    {
    }

    private EncodedBytes(object encoder, WebSocketMessageType type, ReadOnlyMemory<byte> payload)
        : base(type, payload) => Encoder = encoder;

    private EncodedBytes(object encoder, WebSocketMessageType type, byte[] frame, int headerSize)
        : base(type, frame, headerSize) => Encoder = encoder;

    /// <summary>The encoder of the message; null if it was encoded elsewhere.</summary>
    public object? Encoder { get; }

    /// <summary>The same message from another encoder. Set it before you publish this one.</summary>
    public EncodedBytes? Next { get; set; }

    /// <summary>Takes bytes that an equal encoder has encoded on another server.</summary>
    public static EncodedBytes Relayed(object encoder, WebSocketMessageType type, ReadOnlyMemory<byte> payload) =>
        new(encoder, type, payload);

    /// <summary>Encodes a message with its frame header into its own memory.</summary>
    public static EncodedBytes Of<T>(IMessageEncoder<T> encoder, T message)
    {
        using var outgoing = OutgoingFrame.Encode(encoder, message, isMarked: false);
        var frame = outgoing.ToArray();
        var header = ServerFrameHeader.Read(frame);
        var type = header.Opcode == FrameOpcode.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        return new(encoder, type, frame, header.HeaderSize);
    }
}

/// <summary>A message that encodes itself.</summary>
internal interface IEncodedMessage
{
    /// <summary>The message itself; null if there are only bytes.</summary>
    object? Content { get; }

    /// <summary>The message, encoded by that encoder, for a connection with that subprotocol.</summary>
    /// <exception cref="InvalidOperationException">It exists for another subprotocol only.</exception>
    EncodedBytes For(object encoder, string? protocol);
}

/// <summary>Sends messages that encode themselves.</summary>
/// <remarks>Not generic: the sender of a derived type may be the connection of its base.</remarks>
internal interface IEncodedSender
{
    /// <inheritdoc cref="IMessageSender{TSend}.SendAsync"/>
    ValueTask SendAsync(IEncodedMessage message, CancellationToken cancellationToken);

    /// <inheritdoc cref="IMessageSender{TSend}.TrySend"/>
    bool TrySend(IEncodedMessage message);
}
