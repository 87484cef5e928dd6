using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Krait.Transport;

/// <summary>
/// Output through a <see cref="WebSocket"/>, which does the framing: the frames in line only contain the arguments of its calls.
/// </summary>
/// <remarks>Large messages leave as several fragments, so that progress shows.</remarks>
internal sealed class WebSocketOutput(WebSocket webSocket, TransportOptions options) : TransportOutput(options)
{
    private WebSocketMessageType _type;
    private WebSocketMessageFlags _flags;
    private int _unsentOfMessage;

    public override bool MarksCompressible => true;

    protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
    {
        taken = 0;
        if (_unsentOfMessage == 0)
        {
            var header = ServerFrameHeader.Read(unsent.Span);
            taken = header.HeaderSize;
            if (header.Opcode == FrameOpcode.Close)
            {
                taken = header.Size;
                return SendCloseAsync(unsent.Span[header.HeaderSize..header.Size]);
            }

            _type = header.Opcode == FrameOpcode.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            _flags = header.IsMarked ? WebSocketMessageFlags.None : WebSocketMessageFlags.DisableCompression;
            _unsentOfMessage = header.PayloadLength;
        }

        var piece = unsent.Slice(taken, Math.Min(_unsentOfMessage, LargestPiece));
        taken += piece.Length;
        _unsentOfMessage -= piece.Length;
        var flags = _unsentOfMessage == 0 ? _flags | WebSocketMessageFlags.EndOfMessage : _flags;
        return webSocket.SendAsync(piece, _type, flags, CancellationToken.None);
    }

    private ValueTask SendCloseAsync(ReadOnlySpan<byte> payload)
    {
        // A socket that found a violation has sent its close frame already.
        if (webSocket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return default;

        // The socket of .NET would write 1005 as it is, which RFC 6455, section 7.4.1, forbids.
        if (payload.IsEmpty)
            return new(webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None));

        var status = (WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(payload);
        var reason = payload.Length == sizeof(ushort) ? null : Encoding.UTF8.GetString(payload[sizeof(ushort)..]);
        return new(webSocket.CloseOutputAsync(status, reason, CancellationToken.None));
    }
}
