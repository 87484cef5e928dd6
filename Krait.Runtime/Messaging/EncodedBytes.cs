using System.Buffers;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Messaging;

/// <summary>A message as it goes over the wire.</summary>
/// <param name="encoder">What encoded it; null if that happened elsewhere.</param>
/// <param name="type">Text or Binary.</param>
/// <param name="payload">Its payload.</param>
internal sealed class EncodedBytes(object? encoder, WebSocketMessageType type, ReadOnlyMemory<byte> payload) : SharedMessage(type, payload)
{
    public object? Encoder => encoder;

    /// <summary>The same message by another encoder; set before others see this one.</summary>
    public EncodedBytes? Next { get; set; }

    /// <summary>Encodes a message into memory of its own.</summary>
    public static EncodedBytes Of<T>(IMessageEncoder<T> encoder, T message)
    {
        var output = new ArrayBufferWriter<byte>();
        var type = encoder.Encode(message, output);
        return new(encoder, type, output.WrittenMemory);
    }
}

/// <summary>A message that encodes itself.</summary>
internal interface IEncodedMessage
{
    /// <summary>The message itself; null if there are only bytes.</summary>
    object? Content { get; }

    /// <summary>The message by that encoder, which knows how to encode it, for a connection with that subprotocol.</summary>
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
