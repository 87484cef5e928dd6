using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>Output through a <see cref="WebSocket"/>, which does the framing.</summary>
/// <remarks>
/// In the buffer each message is a record: four bytes that hold its type (highest bit) and length, then its payload. Large messages leave as several fragments, so
/// that progress shows. Nothing follows the record of the close frame, which is a mark without a payload.
/// </remarks>
internal sealed class WebSocketOutput(WebSocket webSocket, TransportOptions options) : TransportOutput(options)
{
    private const int HeaderSize = sizeof(uint);
    private const uint TextBit = 0x8000_0000;
    private const uint CloseMark = uint.MaxValue;

    private WebSocketMessageType _type;
    private int _unsentOfMessage;
    private WebSocketCloseStatus _closeStatus;
    private string? _closeReason;

    protected override int LargestHeader => HeaderSize;

    protected override int WriteHeader(OutputBuffer buffer, WebSocketMessageType type)
    {
        var length = buffer.PayloadLength;
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.Complete(HeaderSize), (uint)length | (type == WebSocketMessageType.Text ? TextBit : 0));
        return HeaderSize + length;
    }

    protected override void AppendClose(int status, string? reason)
    {
        // The socket of .NET would write 1005 as it is, which RFC 6455, section 7.4.1, forbids.
        _closeStatus = status == ClosePayload.NoStatus ? WebSocketCloseStatus.NormalClosure : (WebSocketCloseStatus)status;
        _closeReason = status == ClosePayload.NoStatus ? null : ClosePayload.Cut(reason);
        Pending.Begin(HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(Pending.Complete(HeaderSize), CloseMark);
        Count(HeaderSize);
    }

    protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
    {
        taken = 0;
        if (_unsentOfMessage == 0)
        {
            taken = HeaderSize;
            var header = BinaryPrimitives.ReadUInt32LittleEndian(unsent.Span);
            if (header == CloseMark)
                return SendCloseAsync();

            _type = (header & TextBit) != 0 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            _unsentOfMessage = (int)(header & ~TextBit);
        }

        var piece = unsent.Slice(taken, Math.Min(_unsentOfMessage, LargestPiece));
        taken += piece.Length;
        _unsentOfMessage -= piece.Length;
        return webSocket.SendAsync(piece, _type, endOfMessage: _unsentOfMessage == 0, CancellationToken.None);
    }

    // A socket that found a violation has sent its close frame already.
    private ValueTask SendCloseAsync() => webSocket.State is WebSocketState.Open or WebSocketState.CloseReceived
        ? new(webSocket.CloseOutputAsync(_closeStatus, _closeReason, CancellationToken.None))
        : default;
}
