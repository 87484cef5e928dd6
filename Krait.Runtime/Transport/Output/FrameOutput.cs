using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>Output as RFC 6455 frames, unmasked, one for each message.</summary>
/// <param name="stream">The destination of the bytes.</param>
/// <param name="options">The limits.</param>
/// <param name="pipes">The pipe that the stream writes to, if it can be used, and the state in the kernel.</param>
/// <param name="deflater">Compresses messages, where that was agreed on.</param>
internal sealed class FrameOutput(
    Stream stream, TransportOptions options, KestrelPipes pipes = default, MessageDeflater? deflater = null)
    : TransportOutput(options, pipes.Peer)
{
    private readonly PipeWriter? _pipe = pipes.Output;
    private byte[]? _pong; // made when a pong has to wait for the first time
    private int _pongLength;
    private bool _isPongWaiting;
    private long _given; // how many bytes of this output the kernel had at the last question
    private long? _givenBefore; // how many other bytes the kernel had; null if it does not report them

    public override bool MarksCompressible => deflater is not null;

    /// <remarks>Bytes that are in the server's pipe at this moment, such as the head of the response, count as sent.</remarks>
    public override void WatchCarrier() => _givenBefore = _pipe is null ? null : Peer?.Read().Given - Carried;

    /// <inheritdoc/>
    /// <remarks>
    /// The pipe of the server takes bytes long after a client has stopped reading: 64 KiB by default. Only the kernel knows how
    /// many of them have reached it. It is asked only after enough bytes were written that the answer may have changed.
    /// </remarks>
    public override bool HoldsMoreThan(int bytes)
    {
        if (_givenBefore is not { } before || Carried - _given <= bytes || Peer!.Read().Given is not { } given)
            return false;

        _given = given - before;
        return Carried - _given > bytes;
    }

    /// <summary>Puts a ping in line; false if the output is over. Takes the lock.</summary>
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

    /// <summary>Sends a pong. Reader only; takes the lock.</summary>
    /// <remarks>
    /// While the peer does not take the current piece, only one pong waits, before all messages: the answer to the latest ping is
    /// enough (RFC 6455, section 5.5.3).
    /// </remarks>
    public void SendPong(ReadOnlySpan<byte> payload)
    {
        if (TryAppendPong(payload))
            Send();
    }

    protected override void DisposeSender() => deflater?.Dispose();

    protected override OutputSegment TakeUrgent()
    {
        if (!_isPongWaiting)
            return default;

        _isPongWaiting = false;
        var writer = FrameWriter.Rent();
        writer.Write(_pong.AsSpan(0, _pongLength));
        var pong = writer.Complete(FrameOpcode.Pong);
        writer.GiveAway();
        writer.Return();
        return pong;
    }

    protected override bool SendsSharedFrames => deflater is null;

    protected override bool IsFramed(OutputQueue line) => deflater is null && base.IsFramed(line);

    protected override int Frame(in OutputSegment segment, OutputQueue framed)
    {
        if (deflater is null)
            return base.Frame(segment, framed);

        if (segment.Shared is { } message)
            return segment.MayCompress ? Deflate(message, framed) : AppendFrame(message.Frame, framed);

        var length = 0;
        for (var rest = segment.Unsent; rest.Length > 0;)
        {
            var header = ServerFrameHeader.Read(rest.Span);
            length += Frame(header, rest[header.HeaderSize..header.Size], framed);
            rest = rest[header.Size..];
        }

        return length;
    }

    protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
    {
        taken = Math.Min(unsent.Length, LargestPiece);
        return _pipe is null ? stream.WriteAsync(unsent[..taken]) : WriteAsync(_pipe, unsent[..taken]);
    }

    private bool TryAppendPong(ReadOnlySpan<byte> payload)
    {
        lock (Lock)
        {
            if (IsOver)
                return false;

            if (!IsSending)
            {
                AppendControl(FrameOpcode.Pong, payload);
                return Leaves(mayWait: false); // under the same lock, else a later pong could overtake this one
            }

            payload.CopyTo(_pong ??= new byte[FrameHeader.LargestControlPayload]);
            _pongLength = payload.Length;
            _isPongWaiting = true;
            return false;
        }
    }

    private int Deflate(SharedMessage message, OutputQueue framed)
    {
        var header = message.Header with { IsMarked = true };
        if (!deflater!.IsContextFree)
            return Frame(header, message.Payload, framed);

        if (message.FindDeflated(deflater.WindowBits) is not { } frame)
        {
            var writer = FrameWriter.Rent();
            deflater.Deflate(message.Payload, writer);
            frame = writer.Complete(header.Opcode, isMarked: true).Unsent.ToArray();
            writer.Return();
            message.KeepDeflated(deflater.WindowBits, frame);
        }

        return AppendFrame(frame, framed);
    }

    private int Frame(ServerFrameHeader header, ReadOnlyMemory<byte> payload, OutputQueue framed)
    {
        if (!header.IsMarked)
            return FrameWriter.AppendTo(framed, header.Opcode, isMarked: false, payload.Span);

        var writer = FrameWriter.Rent();
        deflater!.Deflate(payload, writer);
        return writer.MoveTo(framed, header.Opcode, isMarked: true);
    }

    private static ValueTask WriteAsync(PipeWriter pipe, ReadOnlyMemory<byte> piece)
    {
        var writing = pipe.WriteAsync(piece);
        if (!writing.IsCompletedSuccessfully)
            return FinishAsync(writing);

        ThrowIfOver(writing.Result);
        return default;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FinishAsync(ValueTask<FlushResult> writing) =>
        ThrowIfOver(await writing.ConfigureAwait(false));

    private static void ThrowIfOver(FlushResult result)
    {
        if (result.IsCompleted)
            throw new IOException("The server sends nothing more on this connection.");
    }
}
