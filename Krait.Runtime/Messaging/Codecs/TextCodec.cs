using System.Buffers;
using System.Net.WebSockets;
using System.Text;

namespace Krait.Messaging;

/// <summary>Strings as text frames.</summary>
internal sealed class TextCodec : IMessageCodec<string>
{
    public static TextCodec Instance { get; } = new();

    public string Decode(in ReceivedMessage message)
    {
        FrameTypes.Demand(WebSocketMessageType.Text, message);
        return Encoding.UTF8.GetString(message.Memory.Span);
    }

    public WebSocketMessageType Encode(string message, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(message, output);
        return WebSocketMessageType.Text;
    }
}
