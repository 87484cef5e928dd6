using System.Buffers;
using System.Net.WebSockets;

namespace Krait;

/// <summary>A complete received message: all fragments together, unmasked. Text is valid UTF-8.</summary>
public readonly ref struct ReceivedMessage
{
    private readonly ReadOnlyMemory<byte> _piece;
    private readonly ReadOnlySequence<byte> _pieces;

    /// <summary>Creates a message for tests of codecs.</summary>
    /// <param name="type">Text or Binary.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="protocol">The subprotocol of the connection, or null.</param>
    public ReceivedMessage(WebSocketMessageType type, ReadOnlySequence<byte> payload, string? protocol = null)
    {
        Type = type;
        Protocol = protocol;
        if (payload.IsSingleSegment)
            _piece = payload.First;
        else
            _pieces = payload;
    }

    internal ReceivedMessage(WebSocketMessageType type, ReadOnlyMemory<byte> payload, string? protocol)
    {
        Type = type;
        Protocol = protocol;
        _piece = payload;
    }

    /// <summary>Text or Binary.</summary>
    public WebSocketMessageType Type { get; }

    /// <summary>The payload.</summary>
    public ReadOnlySequence<byte> Payload => _pieces.IsEmpty ? new(_piece) : _pieces;

    /// <summary>The subprotocol of the connection, or null.</summary>
    public string? Protocol { get; }

    /// <summary>
    /// The payload in one piece, as every transport has it. Creating and reading a sequence would cost more than reading
    /// a short message.
    /// </summary>
    internal ReadOnlyMemory<byte> Memory => _pieces.IsEmpty ? _piece : _pieces.ToArray();
}
