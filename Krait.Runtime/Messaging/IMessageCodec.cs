using System.Buffers;
using System.Net.WebSockets;

namespace Krait;

/// <summary>
/// Reads messages from the payload of a WebSocket message. Thread-safe: one instance serves every connection of a controller
/// type.
/// </summary>
/// <typeparam name="T">The type of messages that it reads.</typeparam>
public interface IMessageDecoder<out T>
{
    /// <summary>Reads a message. The payload is valid only until the method returns.</summary>
    /// <exception cref="InvalidMessageException">The payload is not a valid message.</exception>
    /// <exception cref="FormatException">The same.</exception>
    /// <exception cref="System.Text.Json.JsonException">The same.</exception>
    T Decode(in ReceivedMessage message);
}

/// <summary>
/// Writes messages as the payload of a WebSocket message. Thread-safe: one instance serves every connection of a controller type.
/// </summary>
/// <typeparam name="T">The type of messages that it writes.</typeparam>
public interface IMessageEncoder<in T>
{
    /// <summary>
    /// Writes the message and returns the type of its frame. After an exception, nothing of it is sent.
    /// </summary>
    WebSocketMessageType Encode(T message, IBufferWriter<byte> output);
}

/// <summary>Reads and writes messages.</summary>
/// <typeparam name="T">The type of messages that it reads and writes.</typeparam>
public interface IMessageCodec<T> : IMessageDecoder<T>, IMessageEncoder<T>;
