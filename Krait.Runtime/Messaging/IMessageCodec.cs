using System.Buffers;
using System.Net.WebSockets;

namespace Krait;

/// <summary>
/// Reads messages from the payloads of WebSocket messages. One instance serves every connection of a controller type, so it must
/// be thread-safe.
/// </summary>
/// <typeparam name="T">The type of messages that it reads.</typeparam>
public interface IMessageDecoder<out T>
{
    /// <summary>Reads a message. The payload is valid only until the method returns.</summary>
    /// <exception cref="InvalidMessageException">The payload is not a valid message.</exception>
    /// <exception cref="FormatException">The payload is not a valid message.</exception>
    /// <exception cref="System.Text.Json.JsonException">The payload is not a valid message.</exception>
    T Decode(in ReceivedMessage message);
}

/// <summary>
/// Writes messages as the payloads of WebSocket messages. One instance serves every connection of a controller type, so it must
/// be thread-safe.
/// </summary>
/// <typeparam name="T">The type of messages that it writes.</typeparam>
public interface IMessageEncoder<in T>
{
    /// <summary>Writes the message and returns the type of its frame. If it throws, Krait sends nothing of the message.</summary>
    WebSocketMessageType Encode(T message, IBufferWriter<byte> output);
}

/// <summary>Reads and writes messages.</summary>
/// <typeparam name="T">The type of messages that it reads and writes.</typeparam>
public interface IMessageCodec<T> : IMessageDecoder<T>, IMessageEncoder<T>;
