using System.Diagnostics;

namespace Krait.Transport;

/// <summary>Decides when output leaves, and that one sender at a time is under way.</summary>
/// <remarks>
/// Everything leaves at once but the replies to a batch of received messages: they wait for the one to the last message of the
/// batch, until <see cref="LargestBatch"/> bytes wait, or until the sweep comes. What leaves takes all with it that was in line
/// before.
/// All but <see cref="HoldsReplies"/> is guarded by the output's lock.
/// </remarks>
/// <param name="output">The output, for the sweep.</param>
/// <param name="sweep">Ends the waiting when a handler takes long.</param>
internal sealed class FlushPolicy(TransportOutput output, ReplySweep sweep)
{
    private const int LargestBatch = 64 * 1024;

    private volatile bool _holdsReplies;
    private bool _isWanted;
    private bool _isHolding; // a reply waits
    private long _heldSince; // the time of the first one
    private bool _isWatched;
    private bool _isExpected;

    /// <summary>
    /// Whether a batch of received messages is being handled, and this is not the last one. Set by the reader only.
    /// </summary>
    public bool HoldsReplies { get => _holdsReplies; set => _holdsReplies = value; }

    /// <summary>Whether a sender is under way.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Something was put in line.</summary>
    /// <param name="mayWait">Whether it may wait for the end of a batch.</param>
    /// <returns>Whether the caller is the sender now.</returns>
    public bool Leaves(bool mayWait)
    {
        AssertLocked();
        if (mayWait && _holdsReplies && output.BufferedBytes < LargestBatch)
            Hold();
        else
            _isWanted = true;

        return TryBegin();
    }

    /// <summary>Something was put in line that leaves with others, soon.</summary>
    /// <returns>Whether the caller has to see to that; false if somebody does already.</returns>
    public bool LeavesLater()
    {
        AssertLocked();
        if (IsSending)
        {
            _isWanted = true;
            return false;
        }

        return !_isExpected && (_isExpected = true);
    }

    /// <summary>Who was to come later has come.</summary>
    public void ComesLater()
    {
        AssertLocked();
        _isExpected = false;
    }

    /// <summary>The sweep has come: says what it has to do.</summary>
    public SweepResult Sweep()
    {
        AssertLocked();
        if (_isHolding && output.Time.GetElapsedTime(_heldSince) < ReplySweep.ShortestWait)
            return SweepResult.Watch;

        _isWatched = false;
        return _isHolding ? SweepResult.Flush : SweepResult.Forget;
    }

    /// <summary>The sender wants to go on. If there is nothing that should leave, it is the sender no more.</summary>
    /// <param name="isEmpty">Whether nothing is in line.</param>
    public bool GoesOn(bool isEmpty)
    {
        AssertLocked();
        Debug.Assert(IsSending);
        if (isEmpty)
            _isWanted = _isHolding = false;

        return IsSending = _isWanted;
    }

    private bool TryBegin()
    {
        AssertLocked();
        return _isWanted && !IsSending && (IsSending = true);
    }

    private void Hold()
    {
        if (_isHolding)
            return;

        _isHolding = true;
        _heldSince = output.Time.GetTimestamp();
        if (_isWatched)
            return;

        _isWatched = true;
        sweep.Watch(output);
    }

    [Conditional("DEBUG")]
    private void AssertLocked() => Debug.Assert(output.Lock.IsHeldByCurrentThread);
}
