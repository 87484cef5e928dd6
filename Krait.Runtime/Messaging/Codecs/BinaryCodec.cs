using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Messaging;

/// <summary>Binary frames. Each message gets its own payload.</summary>
internal class BinaryCodec : IMessageCodec<ReadOnlyMemory<byte>>
{
    public static BinaryCodec Copying { get; } = new();

    public static BinaryCodec Borrowing { get; } = new BorrowingBinaryCodec();

    public ReadOnlyMemory<byte> Decode(in ReceivedMessage message)
    {
        FrameTypes.Demand(WebSocketMessageType.Binary, message);
        return Take(message.Memory);
    }

    public WebSocketMessageType Encode(ReadOnlyMemory<byte> message, IBufferWriter<byte> output)
    {
        output.WriteWhole(message.Span);
        return WebSocketMessageType.Binary;
    }

    protected virtual ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> payload) => payload.ToArray();

    private sealed class BorrowingBinaryCodec : BinaryCodec, IBorrowingDecoder
    {
        protected override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> payload) => payload;
    }
}
