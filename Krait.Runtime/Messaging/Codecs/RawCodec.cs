using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Messaging;

/// <summary>Text and binary frames with their type kept.</summary>
internal class RawCodec : IMessageCodec<RawMessage>
{
    public static RawCodec Copying { get; } = new();

    public static RawCodec Borrowing { get; } = new BorrowingRawCodec();

    public RawMessage Decode(in ReceivedMessage message) =>
        new(message.Type, Take(message.Memory));

    public WebSocketMessageType Encode(RawMessage message, IBufferWriter<byte> output)
    {
        output.WriteWhole(message.Payload.Span);
        return message.Type;
    }

    protected virtual ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> payload) => payload.ToArray();

    private sealed class BorrowingRawCodec : RawCodec, IBorrowingDecoder
    {
        protected override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> payload) => payload;
    }
}
