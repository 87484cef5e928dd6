using System.Buffers;
using System.Net.WebSockets;
using Google.Protobuf;
using Krait;

namespace Telemetry;

/// <summary>Protocol Buffers in binary frames, through what protoc writes at compile time.</summary>
/// <remarks>Nothing in it belongs to this sample: take the file along. Fields that the message does not know are kept, as is the custom; nesting ends at 100 levels.</remarks>
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
