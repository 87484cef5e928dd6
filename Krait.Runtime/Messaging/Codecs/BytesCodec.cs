using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Messaging;

/// <summary>Binary frames as arrays.</summary>
internal sealed class BytesCodec : IMessageCodec<byte[]>
{
    public static BytesCodec Instance { get; } = new();

    public byte[] Decode(in ReceivedMessage message)
    {
        FrameTypes.Demand(WebSocketMessageType.Binary, message);
        return message.Memory.ToArray();
    }

    public WebSocketMessageType Encode(byte[] message, IBufferWriter<byte> output)
    {
        output.WriteWhole(message);
        return WebSocketMessageType.Binary;
    }
}
