using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>The output of a connection: encoded under a short lock by any thread, sent in order by whoever finds it idle.</summary>
/// <remarks>
/// Two buffers: one is appended to while the other is being sent. Sending goes in pieces of at most <see cref="LargestPiece"/>, so that a slow peer is told
/// from a dead one by its progress. Between messages no buffer is held.
/// </remarks>
internal abstract class TransportOutput : IDisposable
{
    /// <summary>How much is given to the carrier at once.</summary>
    protected const int LargestPiece = 64 * 1024;

    // While the reader handles a batch, this much may gather before it leaves all the same.
    private const int LargestBatch = 64 * 1024;

    private readonly Action _pieceTaken;
    private readonly SendDeadline _deadline;
    private readonly TaskCompletionSource<CloseCause?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputNotice _notice;
    private OutputBuffer _pending = new();
    private OutputBuffer _sending = new();
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _piece;
    private int _pieceLength;
    private long _appended;
    private long _sent;
    private bool _isSending;
    private bool _isEncoding;
    private bool _isClosed;
    private volatile bool _isDropped;
    private volatile bool _isCorked;

    protected TransportOutput(TransportOptions options)
    {
        _pieceTaken = PieceTaken;
        _notice = new OutputNotice(Lock);
        _deadline = new SendDeadline(options.SendTimeout, options.TimeProvider, () => Lost(CloseCause.SendTimeout, null));
    }

    public Lock Lock { get; } = new();

    public OutputNotice Notice => _notice;

    /// <summary>Completes with null when the close frame has left, else with why no more output can leave.</summary>
    public Task<CloseCause?> Completion => _completion.Task;

    /// <summary>Called, outside the lock, when sending failed or timed out; the connection is of no use any more.</summary>
    public Action<CloseCause, Exception?> Lost { private get; set; } = static (_, _) => { };

    /// <summary>Where the next appended byte will stand in all that was ever appended.</summary>
    public long Appended => Volatile.Read(ref _appended);

    /// <summary>How many of those bytes the carrier has taken.</summary>
    public long Sent => Volatile.Read(ref _sent);

    public long BufferedBytes
    {
        get
        {
            // In this order the difference is never negative.
            var sent = Sent;
            return _isDropped ? 0 : Appended - sent;
        }
    }

    /// <summary>Whether what is appended would be dropped: the close frame was written, or the connection is gone. The lock must be held.</summary>
    protected bool IsOver => _isClosed || _isDropped;

    /// <summary>The longest header that <see cref="WriteHeader"/> may need.</summary>
    protected abstract int LargestHeader { get; }

    public IBufferWriter<byte> BeginMessage()
    {
        _isEncoding = true;
        _pending.Begin(LargestHeader);
        return _pending;
    }

    public void CompleteMessage(WebSocketMessageType type)
    {
        _isEncoding = false;
        if (IsOver)
            DiscardMessage();
        else
            Count(WriteHeader(_pending, type));
    }

    public void DiscardMessage()
    {
        _isEncoding = false;
        if (_isDropped || _pending.Length == 0)
            _pending.Clear();
    }

    /// <summary>Appends the close frame and ends the output.</summary>
    public void WriteClose(int status, string? reason)
    {
        if (IsOver)
            return;

        AppendClose(status, reason);
        _isClosed = true;
    }

    public void Cork() => _isCorked = true;

    public void Uncork()
    {
        _isCorked = false;
        Flush();
    }

    public void Flush()
    {
        if (!IsHeldBack)
            FlushNow();
    }

    /// <summary>Flushes even while corked.</summary>
    public void FlushNow()
    {
        lock (Lock)
        {
            if (_isSending || _isDropped || _pending.Length == 0)
                return;

            _isSending = true;
            StartBatch();
        }

        SendPieces();
    }

    /// <summary>Drops what was not sent, and all that is appended later.</summary>
    public void Drop(CloseCause cause)
    {
        lock (Lock)
        {
            if (_isDropped)
                return;

            _isDropped = true;
            if (!_isEncoding)
                _pending.Clear();
        }

        _completion.TrySetResult(cause);
        _notice.Give();
    }

    /// <summary>Ends the output. What a write still holds is given back when the write ends.</summary>
    public void Dispose()
    {
        Drop(CloseCause.ConnectionLost);
        _deadline.Dispose();
    }

    /// <summary>Writes the header of the message that was begun, and so completes it in the buffer.</summary>
    /// <returns>How many bytes header and payload take.</returns>
    protected abstract int WriteHeader(OutputBuffer buffer, WebSocketMessageType type);

    /// <summary>Appends the close frame.</summary>
    protected abstract void AppendClose(int status, string? reason);

    /// <summary>Gives the next piece to the carrier.</summary>
    /// <param name="unsent">All that can be sent now.</param>
    /// <param name="taken">How many of these bytes the piece is.</param>
    protected abstract ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken);

    /// <summary>The buffer to append to. The lock must be held.</summary>
    protected OutputBuffer Pending => _pending;

    /// <summary>Counts bytes that were appended. The lock must be held.</summary>
    protected void Count(int bytes) => Volatile.Write(ref _appended, _appended + bytes);

    /// <summary>All that was appended is about to be sent, as one batch. The lock is held.</summary>
    protected virtual void BatchStarts()
    {
    }

    /// <summary>The batch was sent, or dropped. The lock is held.</summary>
    protected virtual void BatchEnds()
    {
    }

    private bool IsHeldBack => _isCorked && BufferedBytes < LargestBatch;

    private void StartBatch()
    {
        (_pending, _sending) = (_sending, _pending);
        BatchStarts();
    }

    private void SendPieces()
    {
        do
        {
            while (_sending.Length > 0)
            {
                if (!TrySendPiece())
                    return;
            }
        }
        while (TryStartNextBatch());
    }

    /// <summary>Returns false when the rest is sent later, by whoever completes the piece.</summary>
    private bool TrySendPiece()
    {
        if (_isDropped)
        {
            _sending.Clear();
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

        _deadline.Start();
        _piece.UnsafeOnCompleted(_pieceTaken);
        return false;
    }

    private void PieceTaken()
    {
        _deadline.Stop();
        EndPiece();
        SendPieces();
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
        _notice.Give();
    }

    // Carriers throw many types for the same thing; whichever it is goes up with the loss.
    private void Fail(Exception error) => Lost(CloseCause.ConnectionLost, error);

    private bool TryStartNextBatch()
    {
        lock (Lock)
        {
            BatchEnds();
            if (_pending.Length > 0 && !_isDropped && !IsHeldBack)
            {
                _sending.Clear(keepArray: true);
                StartBatch();
                return true;
            }

            _sending.Clear();
            if (_pending.Length == 0)
            {
                _pending.Clear();
                if (_isClosed && !_isDropped)
                    _completion.TrySetResult(null);
            }

            _isSending = false;
            return false;
        }
    }
}
