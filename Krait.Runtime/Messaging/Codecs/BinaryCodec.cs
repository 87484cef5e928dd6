using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Messaging;

/// <summary>Binary frames, each with a payload of its own.</summary>
internal class BinaryCodec : IMessageCodec<ReadOnlyMemory<byte>>
{
    public static BinaryCodec Copying { get; } = new();

    public static BinaryCodec Borrowing { get; } = new BorrowingBinaryCodec();

    public ReadOnlyMemory<byte> Decode(in ReceivedMessage message)
    {
        FrameTypes.Demand(WebSocketMessageType.Binary, message);
        return this is IBorrowingDecoder ? message.Payload.AsMemory() : message.Payload.ToArray();
    }

    public WebSocketMessageType Encode(ReadOnlyMemory<byte> message, IBufferWriter<byte> output)
    {
        output.Write(message.Span);
        return WebSocketMessageType.Binary;
    }

    private sealed class BorrowingBinaryCodec : BinaryCodec, IBorrowingDecoder;
}
