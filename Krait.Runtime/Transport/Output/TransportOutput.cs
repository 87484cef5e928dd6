using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>The output of a connection: encoded under a short lock by any thread, sent in order by whoever finds it idle.</summary>
/// <remarks>
/// Two buffers: one is appended to while the other is being sent. Sending goes in pieces of at most <see cref="LargestPiece"/>, so that a slow peer is told
/// from a dead one by its progress. Between messages no buffer is held.
/// </remarks>
internal abstract partial class TransportOutput : IDisposable
{
    private readonly TransportOptions _options;
    private readonly TaskCompletionSource<CloseCause?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputNotice _notice;
    private OutputBuffer _pending = new();
    private SendDeadline? _deadline; // made when a peer is slow for the first time
    private long _appended;
    private bool _isEncoding;
    private bool _isClosed;
    private volatile bool _isDropped;

    protected TransportOutput(TransportOptions options, IPeerProgress? peer = null)
    {
        _notice = new OutputNotice(Lock);
        _options = options;
        Peer = peer;
    }

    /// <summary>What the kernel knows of the peer, where it can be asked.</summary>
    public IPeerProgress? Peer { get; }

    public Lock Lock { get; } = new();

    public OutputNotice Notice => _notice;

    /// <summary>Where the connection's time comes from.</summary>
    public TimeProvider Time => _options.TimeProvider;

    /// <summary>Completes with null when the close frame has left, else with why no more output can leave.</summary>
    public Task<CloseCause?> Completion => _completion.Task;

    /// <summary>Called, outside the lock, when the peer is given up: sending failed or timed out, or it does not answer. The connection is of no use any more.</summary>
    public Action<CloseCause, Exception?> Lost { private get; set; } = static (_, _) => { };

    /// <summary>Where the next appended byte will stand in all that was ever appended.</summary>
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

    public void CompleteMessage(WebSocketMessageType type, bool compress)
    {
        _isEncoding = false;
        if (IsOver)
            DiscardMessage();
        else
            Count(WriteHeader(_pending, type, compress));
    }

    public void DiscardMessage()
    {
        _isEncoding = false;
        if (_isDropped || _pending.Length == 0)
            _pending.Clear();
    }

    /// <summary>Appends the close frame and ends the output.</summary>
    public void WriteClose(WebSocketCloseStatus status, string? reason)
    {
        if (IsOver)
            return;

        AppendClose(status, reason);
        _isClosed = true;
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

    /// <summary>Gives the peer up. Not under the lock.</summary>
    public void GiveUp(CloseCause cause) => Lost(cause, null);

    /// <summary>Ends the output. What a write still holds is given back when the write ends.</summary>
    public virtual void Dispose()
    {
        Drop(CloseCause.ConnectionLost);
        _deadline?.Dispose();
    }

    /// <summary>Writes the header of the message that was begun, and so completes it in the buffer.</summary>
    /// <returns>How many bytes header and payload take.</returns>
    protected abstract int WriteHeader(OutputBuffer buffer, WebSocketMessageType type, bool compress);

    /// <summary>Appends the close frame.</summary>
    protected abstract void AppendClose(WebSocketCloseStatus status, string? reason);

    /// <summary>The buffer to append to. The lock must be held.</summary>
    protected OutputBuffer Pending => _pending;

    /// <summary>Counts bytes that were appended. The lock must be held.</summary>
    protected void Count(int bytes) => Volatile.Write(ref _appended, _appended + bytes);
}
