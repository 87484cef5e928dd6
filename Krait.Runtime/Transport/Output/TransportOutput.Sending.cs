using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <content>Sending: one segment at a time, piece by piece.</content>
internal abstract partial class TransportOutput
{
    /// <summary>The maximum number of bytes that the carrier gets at once.</summary>
    protected const int LargestPiece = 64 * 1024;

    private Action? _pieceTaken; // made, as the deadline is, when a peer is slow for the first time
    private OutputSegment _sending;
    private bool _isUnframed; // the taken segment has to be framed
    // the sender's: bytes that it has framed and not sent; made when it first has to frame a segment
    private OutputQueue? _framed;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _piece;
    private int _pieceLength;
    private long _sent;
    private long _carried;
    private volatile bool _isBlocked;

    /// <summary>Whether the carrier has not taken a piece yet, because the peer reads too slowly.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>How many of all appended bytes the carrier has taken. Bytes that compression saves count as taken.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>How many bytes the carrier has really taken.</summary>
    public long Carried => Volatile.Read(ref _carried);

    /// <summary>Sends the output in line. Call it only if <see cref="Leaves"/> returned true, and not under the lock.</summary>
    public void Send()
    {
        Debug.Assert(!Lock.IsHeldByCurrentThread);
        do
        {
            Prepare();
            while (_sending.Length > 0)
            {
                if (!TrySendPiece())
                    return;
            }

            _sending.Release();
        }
        while (TakesNext());
    }

    /// <summary>Gives the next piece to the carrier.</summary>
    /// <param name="unsent">All that can be sent now.</param>
    /// <param name="taken">How many of these bytes the piece is.</param>
    protected abstract ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken);

    /// <summary>A control frame that leaves before the line; empty if there is none. Under the lock.</summary>
    protected virtual OutputSegment TakeUrgent() => default;

    /// <summary>Whether the next segment in line can be sent as it is.</summary>
    protected virtual bool IsFramed(OutputQueue line) => !line.IsSharedNext;

    /// <summary>Frames a segment, which stays the caller's, for the carrier. Sender only, not under the lock.</summary>
    /// <returns>How many bytes the frames take.</returns>
    protected virtual int Frame(in OutputSegment segment, OutputQueue framed)
    {
        var message = segment.Shared!;
        return MarksCompressible && segment.MayCompress
            ? FrameWriter.AppendTo(framed, message.Header.Opcode, isMarked: true, message.Payload.Span)
            : AppendFrame(message.Frame, framed);
    }

    /// <summary>Whether the frames of shared messages are sent as they are.</summary>
    protected virtual bool SendsSharedFrames => false;

    /// <summary>Appends a frame that connections share to the framed output.</summary>
    /// <returns>How many bytes it takes.</returns>
    protected static int AppendFrame(byte[] frame, OutputQueue framed)
    {
        framed.Append(OutputSegment.Borrow(frame));
        return frame.Length;
    }

    private bool TakesNext()
    {
        if (_framed is { IsEmpty: false })
        {
            _sending = _framed.Take();
            return true;
        }

        bool isTaken;
        bool isAwaited;
        lock (Lock)
        {
            isTaken = TryTake();
            isAwaited = Notice.IsWanted && !_isDropped; // a message that begins to wait after this finds the room itself
        }

        if (isAwaited)
            Notice.Give();

        return isTaken;
    }

    /// <summary>
    /// Takes the next output. If there is none, the sender stops being the sender. Sender only, under the lock.
    /// </summary>
    private bool TryTake()
    {
        Debug.Assert(_sending.Length == 0 && !_isUnframed);
        _sending = IsOver && _queue.IsEmpty ? default : TakeUrgent(); // nothing follows the close frame
        if (_sending.Length > 0)
        {
            Count(_sending.Length);
            return true;
        }

        if (!_policy.GoesOn(_queue.IsEmpty))
        {
            SenderEnds();
            return false;
        }

        var isFramed = IsFramed(_queue);
        _sending = TakeFromQueue();

        // A single or large frame leaves from the memory that connections share; small ones are copied together.
        _isUnframed = !isFramed
            && !(SendsSharedFrames
                && (_sending.Length > OutputQueue.LargestCopied || _queue.IsEmpty || IsFramed(_queue)));
        return true;
    }

    /// <summary>Frames the taken segment. Not under the lock.</summary>
    private void Prepare()
    {
        if (_isUnframed)
            FrameRun();
        else if (_sending.Shared is { } message)
            _sending = OutputSegment.Borrow(message.Frame); // which may have to be made
    }

    private OutputSegment TakeFromQueue()
    {
        var segment = _queue.Take();
        if (segment.IsFanOut)
            FanOutBytes -= segment.Length;

        return segment;
    }

    /// <summary>Frames the taken segment, and similar ones in line, so that small messages leave in one write.</summary>
    private void FrameRun()
    {
        _framed ??= new();
        _isUnframed = false;
        do
        {
            try
            {
                var length = Frame(_sending, _framed);
                Volatile.Write(ref _sent, _sent + _sending.Length - length); // compressed, it takes less room
            }
            catch (Exception e)
            {
                Fail(e);
            }

            _sending.Release();
        }
        while (!_framed.IsLong && TryTakeUnframed());

        _sending = _framed.Take();
    }

    private bool TryTakeUnframed()
    {
        lock (Lock)
        {
            if (_queue.IsEmpty || IsFramed(_queue))
                return false;

            _sending = TakeFromQueue();
            return true;
        }
    }

    private void SenderEnds()
    {
        if (_isClosed && !_isDropped && _queue.IsEmpty)
            _completion.TrySetResult(null);

        if (_isDisposed)
            DisposeSender();
    }

    /// <summary>Returns false when the completion of the piece sends the rest later.</summary>
    private bool TrySendPiece()
    {
        if (_isDropped)
        {
            _sending.Release();
            return true;
        }

        try
        {
#pragma warning disable CA2012 // Awaited by hand, exactly once: an async method would allocate for each batch that has to wait.
            _piece = SendPieceAsync(_sending.Unsent, out _pieceLength).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception e)
        {
            Fail(e);
            return true;
        }

        if (_piece.IsCompleted)
        {
            EndPiece();
            return true;
        }

        _deadline ??= new(_options.SendTimeout, _options.TimeProvider, Peer, () => GiveUp(CloseCause.SendTimeout));
        _deadline.Start();
        _isBlocked = true;
        _piece.UnsafeOnCompleted(_pieceTaken ??= PieceTaken);
        return false;
    }

    private void PieceTaken()
    {
        _isBlocked = false;
        _deadline!.Stop();
        EndPiece();
        Send();
    }

    private void EndPiece()
    {
        try
        {
            _piece.GetResult();
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        _sending.Sent(_pieceLength);
        Volatile.Write(ref _sent, _sent + _pieceLength);
        Volatile.Write(ref _carried, _carried + _pieceLength);
        if (_sending.Length > 0 || _framed is { IsEmpty: false })
            Notice.Give(); // there may be room already, before the rest has left
    }

    // Carriers throw many types of exceptions for a broken connection. Any of them becomes the error of the loss.
    private void Fail(Exception error) => Owner?.OutputIsLost(CloseCause.ConnectionLost, error);
}
