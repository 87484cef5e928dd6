using System.Buffers;
using System.Net.WebSockets;

namespace Krait;

/// <summary>A complete message as it came: all fragments together, unmasked, text validated as UTF-8.</summary>
public readonly ref struct ReceivedMessage
{
    /// <summary>Makes a message, for tests of codecs.</summary>
    /// <param name="type">Text or Binary.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="protocol">The subprotocol of the connection, or null.</param>
    public ReceivedMessage(WebSocketMessageType type, ReadOnlySequence<byte> payload, string? protocol = null)
    {
        Type = type;
        Payload = payload;
        Protocol = protocol;
    }

    /// <summary>Text or Binary.</summary>
    public WebSocketMessageType Type { get; }

    /// <summary>The payload.</summary>
    public ReadOnlySequence<byte> Payload { get; }

    /// <summary>The subprotocol of the connection, or null.</summary>
    public string? Protocol { get; }
}
