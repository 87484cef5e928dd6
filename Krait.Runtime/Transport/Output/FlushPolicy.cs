using System.Diagnostics;

namespace Krait.Transport;

/// <summary>Decides when output leaves, and ensures that there is only one sender at a time.</summary>
/// <remarks>
/// All output leaves at once, except the replies to a batch of received messages. They wait for the reply to the last message
/// of the batch, until <see cref="LargestBatch"/> bytes wait, or until the sweep. All output that was in line before leaves
/// with it.
/// The output's lock guards everything except <see cref="HoldsReplies"/>.
/// </remarks>
/// <param name="output">The output, for the sweep.</param>
/// <param name="sweep">Sends waiting replies if a handler takes long.</param>
internal sealed class FlushPolicy(TransportOutput output, ReplySweep sweep)
{
    private const int LargestBatch = 64 * 1024;

    private volatile bool _holdsReplies;
    private bool _isWanted;
    private bool _isHolding; // a reply waits
    private long _heldSince; // the time of the first one
    private bool _isWatched;

    /// <summary>
    /// Whether a batch of received messages is being handled, and this is not the last one. Set by the reader only.
    /// </summary>
    public bool HoldsReplies { get => _holdsReplies; set => _holdsReplies = value; }

    /// <summary>Whether there is a sender.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Call this after output was put in line.</summary>
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

    /// <summary>Chooses the action of the sweep.</summary>
    public SweepResult Sweep()
    {
        AssertLocked();
        if (_isHolding && output.Time.GetElapsedTime(_heldSince) < ReplySweep.ShortestWait)
            return SweepResult.Watch;

        _isWatched = false;
        return _isHolding ? SweepResult.Flush : SweepResult.Forget;
    }

    /// <summary>Whether the sender must go on. If no output should leave, it stops being the sender.</summary>
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
