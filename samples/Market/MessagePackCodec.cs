using System.Buffers;
using System.Net.WebSockets;
using Krait;
using Nerdbank.MessagePack;
using PolyType;

namespace Market;

/// <summary>MessagePack in binary frames, through shapes that PolyType writes at compile time.</summary>
/// <remarks>
/// It does not depend on this sample, so you can copy the file. Every message that the serializer refuses is malformed. That
/// includes an unknown case of the union, because the serializer's exception does not name the reason.
/// </remarks>
/// <typeparam name="T">
/// A type with [GenerateShape]; a union names its cases with [DerivedTypeShape], and becomes an array of name and case.
/// </typeparam>
public sealed class MessagePackCodec<T> : IMessageCodec<T>
    where T : class, IShapeable<T>
{
    private static readonly MessagePackSerializer Serializer = new()
    {
        PropertyNamingPolicy = MessagePackNamingPolicy.CamelCase,
        SerializeDefaultValues = SerializeDefaultValuesPolicy.Required,
        StartingContext = new() { MaxDepth = 32, Security = SecuritySettings.UntrustedData },
    };

    /// <inheritdoc/>
    public T Decode(in ReceivedMessage message)
    {
        if (message.Type != WebSocketMessageType.Binary)
            throw new InvalidMessageException(InvalidMessageKind.WrongFormat, "The message is not binary.");

        try
        {
            var reader = new MessagePackReader(message.Payload);
            var decoded = Serializer.Deserialize<T>(ref reader);
            return reader.End && decoded is not null ? decoded : throw Malformed();
        }
        catch (MessagePackSerializationException e)
        {
            throw Malformed(e);
        }
    }

    /// <inheritdoc/>
    public WebSocketMessageType Encode(T message, IBufferWriter<byte> output)
    {
        Serializer.Serialize(output, message);
        return WebSocketMessageType.Binary;
    }

    private static InvalidMessageException Malformed(Exception? inner = null) =>
        new(InvalidMessageKind.Malformed, "The message is not the expected MessagePack.", inner);
}
