using System.Diagnostics;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>
/// The output of a connection. Any thread puts output in line under a short lock. One sender at a time frames and sends it in
/// order, outside the lock.
/// </summary>
/// <remarks>
/// The line is a queue of frames and of references to shared messages. The sender pulls: it takes a segment, frames
/// or compresses it if necessary, and gives it to the carrier in pieces of at most <see cref="LargestPiece"/>.
/// Between messages no buffer is held.
/// </remarks>
internal abstract partial class TransportOutput : IDisposable
{
    private readonly TransportOptions _options;
    private readonly TaskCompletionSource<CloseCause?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputQueue _queue = new();
    private readonly FlushPolicy _policy;
    private SendDeadline? _deadline; // made when a peer is slow for the first time
    private long _appended;
    private bool _isClosed;
    private bool _isDisposed;
    private volatile bool _isDropped;

    protected TransportOutput(TransportOptions options, IPeerProgress? peer = null)
    {
        _options = options;
        _policy = new(this, ReplySweep.Of(options.TimeProvider));
        Peer = peer;
    }

    public Lock Lock { get; } = new();

    public OutputNotice Notice { get; } = new();

    /// <summary>The progress of the peer, as the kernel reports it; null if it does not.</summary>
    public IPeerProgress? Peer { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _options.TimeProvider;

    /// <summary>Completes with null when the close frame has left, else with the reason why no more output can leave.</summary>
    public Task<CloseCause?> Completion => _completion.Task;

    /// <summary>Called when the peer can no longer be reached; null in tests of only the output.</summary>
    public IOutputOwner? Owner { private get; set; }

    /// <summary>Whether frames in line are marked when they may be compressed.</summary>
    public abstract bool MarksCompressible { get; }

    /// <summary>The position of the next byte among all bytes that were ever appended.</summary>
    public long Appended => Volatile.Read(ref _appended);

    public long BufferedBytes
    {
        get
        {
            // In this order the difference is never negative.
            var sent = Sent;
            return _isDropped ? 0 : Appended - sent;
        }
    }

    /// <summary>How many bytes of messages of rooms are in line. Guarded by the lock.</summary>
    public int FanOutBytes { get; private set; }

    /// <summary>Whether there is a sender, which will ask for more output when it is done.</summary>
    public bool IsSending => _policy.IsSending;

    /// <summary>Prepares <see cref="HoldsMoreThan"/>. Under the lock.</summary>
    public virtual void WatchCarrier()
    {
    }

    /// <summary>
    /// Whether the server holds more bytes of the connection than that, although the carrier has taken them; false if unknown.
    /// Under the lock.
    /// </summary>
    public virtual bool HoldsMoreThan(int bytes) => false;

    /// <summary>Whether appended output would be dropped: the close frame was written, or the connection is gone.</summary>
    protected bool IsOver => _isClosed || _isDropped;

    /// <summary>Puts frames in line.</summary>
    /// <returns>Whether the segment belongs to the output now; false if it was copied, or nothing is sent any more.</returns>
    public bool Append(in OutputSegment segment)
    {
        Debug.Assert(Lock.IsHeldByCurrentThread);
        if (IsOver)
            return false;

        Count(segment.Length);
        if (segment.IsFanOut)
            FanOutBytes += segment.Length;

        return _queue.Append(segment);
    }

    /// <summary>
    /// Call this after appending output. Returns whether the caller is the sender now, with something to send: it must call
    /// <see cref="Send"/> after it has left the lock, else nothing is sent any more.
    /// </summary>
    /// <param name="mayWait">Whether it may wait for the end of a batch.</param>
    public bool Leaves(bool mayWait) => _policy.Leaves(mayWait) && TryTake();

    /// <summary>Whether replies are held back while a batch of received messages is handled. Set by the reader only.</summary>
    public bool HoldsReplies { set => _policy.HoldsReplies = value; }

    /// <summary>Ends the batch, and sends the replies that wait. Reader only.</summary>
    public void ReleaseReplies()
    {
        _policy.HoldsReplies = false;
        if (BufferedBytes > 0)
            Flush();
    }

    /// <summary>Sends all that is in line. Any thread, not under the lock.</summary>
    public void Flush()
    {
        bool leaves;
        lock (Lock)
            leaves = !_queue.IsEmpty && Leaves(mayWait: false);

        if (leaves)
            Send();
    }

    /// <summary>Sends replies that have waited long enough. Any thread, not under the lock.</summary>
    public SweepResult Sweep()
    {
        lock (Lock)
            return _policy.Sweep();
    }

    /// <summary>Sends the close frame, after all that is in line, and ends the output. Any thread, not under the lock.</summary>
    public void SendClose(WebSocketCloseStatus status, string? reason)
    {
        lock (Lock)
        {
            if (!IsOver)
                AppendClose(status, reason);

            _isClosed = true;
        }

        Flush();
    }

    /// <summary>Drops unsent output, and all output that is appended later.</summary>
    public void Drop(CloseCause cause)
    {
        Debug.Assert(!Lock.IsHeldByCurrentThread);
        lock (Lock)
        {
            if (_isDropped)
                return;

            _isDropped = true;
            _queue.Clear();
            FanOutBytes = 0;
        }

        _completion.TrySetResult(cause);
        Notice.Give();
    }

    /// <summary>Gives up on the peer. Not under the lock.</summary>
    public void GiveUp(CloseCause cause) => Owner?.OutputIsLost(cause, null);

    /// <summary>Ends the output. A write that is under way gives its buffer back when it ends.</summary>
    public void Dispose()
    {
        Drop(CloseCause.ConnectionLost);
        _deadline?.Dispose();
        lock (Lock)
        {
            _isDisposed = true;
            if (!IsSending)
                DisposeSender();
        }
    }

    /// <summary>Gives back the memory of the sender when there is none any more.</summary>
    protected virtual void DisposeSender()
    {
    }

    /// <summary>Puts a control frame in line.</summary>
    protected void AppendControl(FrameOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var writer = FrameWriter.Rent();
        writer.Write(payload);
        if (Append(writer.Complete(opcode)))
            writer.GiveAway();

        writer.Return();
    }

    private void AppendClose(WebSocketCloseStatus status, string? reason)
    {
        Span<byte> payload = stackalloc byte[CloseFrame.LargestPayload];
        AppendControl(FrameOpcode.Close, payload[..CloseFrame.Write(payload, status, reason)]);
    }

    private void Count(int bytes)
    {
        Debug.Assert(Lock.IsHeldByCurrentThread);
        Volatile.Write(ref _appended, _appended + bytes);
    }
}
