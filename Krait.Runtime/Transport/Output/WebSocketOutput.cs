using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>Output through a <see cref="WebSocket"/>, which does the framing.</summary>
/// <remarks>
/// In the buffer each message is a record: a byte that says what it is, four for its length, then its payload. Large messages leave as several fragments, so
/// that progress shows. Nothing follows the record of the close frame, which is a mark without a payload.
/// </remarks>
internal sealed class WebSocketOutput(WebSocket webSocket, TransportOptions options) : TransportOutput(options)
{
    private const int HeaderSize = 1 + sizeof(int);
    private const byte TextBit = 1;
    private const byte UncompressedBit = 2;
    private const byte CloseMark = 4;

    private WebSocketMessageType _type;
    private WebSocketMessageFlags _flags;
    private int _unsentOfMessage;
    private WebSocketCloseStatus _closeStatus;
    private string? _closeReason;

    protected override int LargestHeader => HeaderSize;

    protected override int WriteHeader(OutputBuffer buffer, WebSocketMessageType type, bool compress)
    {
        var length = buffer.PayloadLength;
        var header = buffer.Complete(HeaderSize);
        header[0] = (byte)((type == WebSocketMessageType.Text ? TextBit : 0) | (compress ? 0 : UncompressedBit));
        BinaryPrimitives.WriteInt32LittleEndian(header[1..], length);
        return HeaderSize + length;
    }

    protected override void AppendClose(WebSocketCloseStatus status, string? reason)
    {
        // The socket of .NET would write 1005 as it is, which RFC 6455, section 7.4.1, forbids.
        _closeStatus = status == CloseFrame.NoStatus ? WebSocketCloseStatus.NormalClosure : status;
        _closeReason = status == CloseFrame.NoStatus ? null : reason;
        Pending.Begin(HeaderSize);
        Pending.Complete(HeaderSize)[0] = CloseMark;
        Count(HeaderSize);
    }

    protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
    {
        taken = 0;
        if (_unsentOfMessage == 0)
        {
            taken = HeaderSize;
            var kind = unsent.Span[0];
            if (kind == CloseMark)
                return SendCloseAsync();

            _type = (kind & TextBit) != 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            _flags = (kind & UncompressedBit) != 0 ? WebSocketMessageFlags.DisableCompression : WebSocketMessageFlags.None;
            _unsentOfMessage = BinaryPrimitives.ReadInt32LittleEndian(unsent.Span[1..]);
        }

        var piece = unsent.Slice(taken, Math.Min(_unsentOfMessage, LargestPiece));
        taken += piece.Length;
        _unsentOfMessage -= piece.Length;
        var flags = _unsentOfMessage == 0 ? _flags | WebSocketMessageFlags.EndOfMessage : _flags;
        return webSocket.SendAsync(piece, _type, flags, CancellationToken.None);
    }

    private ValueTask SendCloseAsync() => webSocket.State is WebSocketState.Open or WebSocketState.CloseReceived
        ? new(webSocket.CloseOutputAsync(_closeStatus, _closeReason, CancellationToken.None))
        : default; // a socket that found a violation has sent its close frame already
}
