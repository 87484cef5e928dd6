using System.Net.WebSockets;
using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>What a send buffer does with a transport.</summary>
internal static class TransportExtensions
{
    /// <summary>Puts a message in line.</summary>
    public static void AppendWithoutSending(this MessageTransport transport, WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        using var frame = Encode(transport, type, payload);
        lock (transport.OutputLock)
            frame.AppendTo(transport);
    }

    /// <summary>Sends a message, or holds it back as a reply.</summary>
    public static void Post(this MessageTransport transport, WebSocketMessageType type, ReadOnlyMemory<byte> payload, bool isReply = false)
    {
        using var frame = Encode(transport, type, payload);
        bool leaves;
        lock (transport.OutputLock)
        {
            frame.AppendTo(transport);
            leaves = transport.Leaves(mayWait: isReply);
        }

        if (leaves)
            transport.Send();
    }

    private static OutgoingFrame Encode(MessageTransport transport, WebSocketMessageType type, ReadOnlyMemory<byte> payload) =>
        OutgoingFrame.Encode(MessageCodecs.Raw(borrow: true), new RawMessage(type, payload), transport.MarksCompressible);
}
