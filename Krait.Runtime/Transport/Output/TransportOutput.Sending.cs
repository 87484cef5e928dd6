using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <content>Sending: one batch at a time, piece by piece.</content>
internal abstract partial class TransportOutput
{
    /// <summary>How much is given to the carrier at once.</summary>
    protected const int LargestPiece = 64 * 1024;

    // While the reader handles a batch, this much may gather before it leaves all the same.
    private const int LargestBatch = 64 * 1024;

    private Action? _pieceTaken; // made, as the deadline is, when a peer is slow for the first time
    private OutputBuffer _sending = new();
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _piece;
    private int _pieceLength;
    private long _sent;
    private bool _isSending;
    private bool _isWanted; // somebody waits for what is pending
    private volatile bool _isCorked;

    /// <summary>How many of all bytes ever appended the carrier has taken.</summary>
    public long Sent => Volatile.Read(ref _sent);

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
            if (_isDropped || _pending.Length == 0)
                return;

            if (_isSending)
            {
                _isWanted = true;
                return;
            }

            _isSending = true;
            StartBatch();
        }

        SendPieces();
    }

    /// <summary>Gives the next piece to the carrier.</summary>
    /// <param name="unsent">All that can be sent now.</param>
    /// <param name="taken">How many of these bytes the piece is.</param>
    protected abstract ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken);

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
        _isWanted = false;
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

        (_deadline ??= new SendDeadline(_options.SendTimeout, _options.TimeProvider, Peer, () => GiveUp(CloseCause.SendTimeout))).Start();
        _piece.UnsafeOnCompleted(_pieceTaken ??= PieceTaken);
        return false;
    }

    private void PieceTaken()
    {
        _deadline!.Stop();
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
            if (_pending.Length > 0 && !_isDropped && (_isWanted || !IsHeldBack))
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
