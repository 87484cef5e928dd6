using System.Buffers;
using System.Net.WebSockets;
using Google.Protobuf;
using Krait;

namespace Telemetry;

/// <summary>Protocol Buffers in binary frames, with the code that protoc writes at compile time.</summary>
/// <remarks>
/// It does not depend on this sample, so you can copy the file. It keeps unknown fields, as Protocol Buffers do. Messages can be
/// nested 100 levels deep.
/// </remarks>
/// <typeparam name="T">A message of a .proto file.</typeparam>
public sealed class ProtobufCodec<T> : IMessageCodec<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageParser<T> Parser = new(static () => new T());

    /// <inheritdoc/>
    public T Decode(in ReceivedMessage message)
    {
        if (message.Type != WebSocketMessageType.Binary)
            throw new InvalidMessageException(InvalidMessageKind.WrongFormat, "The message is not binary.");

        try
        {
            return Parser.ParseFrom(message.Payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidMessageException(InvalidMessageKind.Malformed, "The message is not the expected Protocol Buffers.", e);
        }
    }

    /// <inheritdoc/>
    public WebSocketMessageType Encode(T message, IBufferWriter<byte> output)
    {
        message.WriteTo(output);
        return WebSocketMessageType.Binary;
    }
}
