using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>Output as RFC 6455 frames, unmasked, one for each message.</summary>
/// <param name="stream">What takes the bytes.</param>
/// <param name="options">The limits.</param>
/// <param name="pipes">The pipe that the stream writes to, if it can be reached, and what the kernel knows.</param>
/// <param name="deflater">Compresses messages, where that was agreed on.</param>
internal sealed class FrameOutput(Stream stream, TransportOptions options, KestrelPipes pipes = default, MessageDeflater? deflater = null) : TransportOutput(options, pipes.Peer)
{
    /// <summary>How many pongs may wait for a peer that pings and does not read.</summary>
    public const int LargestPongBacklog = 60;

    private const byte Final = 0x80;
    private const byte Compressed = 0x40;

    private readonly PipeWriter? _pipe = pipes.Output;
    private int _pongsPending;
    private int _pongsSending;

    protected override int LargestHeader => 10;

    /// <summary>Appends a ping; false if the output is over. Takes the lock.</summary>
    public bool TryWritePing()
    {
        lock (Lock)
        {
            if (IsOver)
                return false;

            AppendControl(FrameOpcode.Ping, default);
            return true;
        }
    }

    /// <summary>Appends a pong; false if too many wait already. Takes the lock.</summary>
    public bool TryWritePong(ReadOnlySpan<byte> payload)
    {
        lock (Lock)
        {
            if (IsOver)
                return true;

            if (_pongsPending + _pongsSending >= LargestPongBacklog)
                return false;

            _pongsPending++;
            AppendControl(FrameOpcode.Pong, payload);
            return true;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        lock (Lock)
            deflater?.Dispose();
    }

    protected override int WriteHeader(OutputBuffer buffer, WebSocketMessageType type, bool compress)
    {
        compress &= deflater is not null;
        if (compress)
            deflater!.Deflate(buffer);

        var length = buffer.PayloadLength;
        var header = buffer.Complete(length <= 125 ? 2 : length <= ushort.MaxValue ? 4 : 10);
        WriteHeader(header, type == WebSocketMessageType.Text ? FrameOpcode.Text : FrameOpcode.Binary, length);
        if (compress)
            header[0] |= Compressed;

        return header.Length + length;
    }

    protected override void AppendClose(WebSocketCloseStatus status, string? reason)
    {
        Span<byte> payload = stackalloc byte[CloseFrame.LargestPayload];
        AppendControl(FrameOpcode.Close, payload[..CloseFrame.Write(payload, status, reason)]);
    }

    protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
    {
        taken = Math.Min(unsent.Length, LargestPiece);
        return _pipe is null ? stream.WriteAsync(unsent[..taken]) : WriteAsync(_pipe, unsent[..taken]);
    }

    protected override void BatchStarts()
    {
        _pongsSending = _pongsPending;
        _pongsPending = 0;
    }

    protected override void BatchEnds() => _pongsSending = 0;

    private static ValueTask WriteAsync(PipeWriter pipe, ReadOnlyMemory<byte> piece)
    {
        var writing = pipe.WriteAsync(piece);
        if (!writing.IsCompletedSuccessfully)
            return FinishAsync(writing);

        ThrowIfOver(writing.Result);
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FinishAsync(ValueTask<FlushResult> writing) => ThrowIfOver(await writing.ConfigureAwait(false));

    private static void ThrowIfOver(FlushResult result)
    {
        if (result.IsCompleted)
            throw new IOException("The server sends nothing more on this connection.");
    }

    private void AppendControl(FrameOpcode opcode, ReadOnlySpan<byte> payload)
    {
        Pending.Begin(LargestHeader);
        Pending.Write(payload);
        var header = Pending.Complete(2);
        WriteHeader(header, opcode, payload.Length);
        Count(header.Length + payload.Length);
    }

    private static void WriteHeader(Span<byte> header, FrameOpcode opcode, int length)
    {
        header[0] = (byte)(Final | (byte)opcode);
        switch (header.Length)
        {
            case 2:
                header[1] = (byte)length;
                break;
            case 4:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)length);
                break;
        }
    }
}
