using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>An upgraded connection that reads and sends whole messages, on any carrier of bytes.</summary>
/// <remarks>
/// Only one reader at a time calls <see cref="ReadAsync"/>. Any thread puts output in line under <see cref="OutputLock"/>. It
/// leaves in order, and no thread waits for it. The transport answers and sends pings while <see cref="ReadAsync"/>
/// is pending. A peer cannot cause exceptions: <see cref="ReadAsync"/> returns its faults as a
/// <see cref="TransportRead"/>.
/// </remarks>
internal abstract class MessageTransport : IOutputOwner, IAsyncDisposable
{
    private readonly TransportOutput _output;
    private readonly TransportCarrier _carrier;
    private Loss? _loss;
    private Exception? _outputError;
    private TransportRead _end;
    private bool _hasEnded;

    protected MessageTransport(TransportOutput output, TransportCarrier carrier)
    {
        _output = output;
        _carrier = carrier;
        output.Owner = this;
    }

    /// <summary>Guards the output. No encoder runs under it, and no compression.</summary>
    public Lock OutputLock => _output.Lock;

    /// <summary>Is called when output has left and there may be room again, and once when no more output can leave.</summary>
    public IOutputObserver? OutputObserver { get => _output.Notice.Observer; set => _output.Notice.Observer = value; }

    /// <summary>How many bytes of frames are in line, or framed, and were not taken by the carrier yet. Any thread.</summary>
    public long BufferedBytes => _output.BufferedBytes;

    /// <summary>Completes, never with an error: with null when the close frame has left, else with why no more output can leave
    /// (ConnectionLost, SendTimeout, KeepAliveTimeout), also while there is no reader.</summary>
    public Task<CloseCause?> OutputCompletion => _output.Completion;

    /// <summary>
    /// Whether the reading ended in the middle of a message that is too large. <see cref="DrainAsync"/> then sends the close
    /// frame in time.
    /// </summary>
    public virtual bool IsInMessage => false;

    /// <summary>Reads the next message, or how the reading ended. After an end, every call returns the same.</summary>
    public ValueTask<TransportRead> ReadAsync()
    {
        if (IsLost && !_hasEnded)
            End(Lost!.Value);

        return _hasEnded ? new(_end) : ReadNextAsync();
    }

    /// <summary>Reads a message that is there already; false leaves waiting, and every end, to <see cref="ReadAsync"/>.</summary>
    public virtual bool TryRead(out TransportRead read)
    {
        read = default;
        return false;
    }

    /// <summary>
    /// Takes over the memory behind the payload that was read last, so that it outlives the next <see cref="ReadAsync"/>;
    /// dispose, once, to return it.
    /// </summary>
    public abstract IDisposable DetachPayload();

    /// <summary>
    /// After a violation: sends the close frame, and discards the bytes that the client still sends. Ends when the client's close
    /// frame or the end of its side comes, when the client is quiet for 250 ms, or after 5 s. Never throws.
    /// </summary>
    /// <remarks>
    /// Disposing then ends the connection without a reset, unless the deadline came before the close frame had left.
    /// In the middle of a message that is too large, the close frame waits for the end of the message. A browser that receives a
    /// close frame sends nothing more of its message, and Chromium then tells the page that the connection did not close cleanly.
    /// </remarks>
    /// <param name="sendClose">Calls <see cref="SendClose"/>, which does nothing the second time.</param>
    /// <param name="messageTime">How long to wait for the end of the message; never longer than 2 s.</param>
    /// <param name="deadline">Ends it earlier.</param>
    /// <returns>Whether both close frames went through.</returns>
    public async Task<bool> DrainAsync(Action sendClose, TimeSpan messageTime, CancellationToken deadline)
    {
        using var patience = new DrainPatience(_output.Time, deadline);
        var finding = FindCloseAsync(patience);
        Task mayClose = Task.WhenAny(patience.MessageEnd, finding, OutputCompletion);
        var most = messageTime < DrainPatience.LongestMessage ? messageTime : DrainPatience.LongestMessage;
        await mayClose.WaitAsync(
            most, _output.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        sendClose();

        // A client may read nothing until it has sent everything, so read from it while the close frame waits.
        await Task.WhenAny(OutputCompletion, finding).ConfigureAwait(false);
        patience.Start();
        var found = await finding.ConfigureAwait(false);
        await ((Task)OutputCompletion).WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return found && OutputCompletion is { IsCompletedSuccessfully: true, Result: null };
    }

    /// <summary>Whether frames in line are marked when they may be compressed.</summary>
    public bool MarksCompressible => _output.MarksCompressible;

    /// <summary>Puts frames, or a message that connections share, in line. The lock must be held.</summary>
    /// <returns>Whether the segment belongs to the transport now; false if it was copied, or nothing is sent any more.</returns>
    public bool Append(in OutputSegment segment) => _output.Append(segment);

    /// <summary>
    /// Call this after appending output. Returns whether the caller must <see cref="Send"/> after it has left the lock. The lock
    /// must be held.
    /// </summary>
    /// <param name="mayWait">Whether it may wait for the end of a batch.</param>
    public bool Leaves(bool mayWait) => _output.Leaves(mayWait);

    /// <summary>The output that sends.</summary>
    public TransportOutput Output => _output;

    /// <summary>Sends the output in line. Only after <see cref="Leaves"/> was true. Any thread, not under the lock.</summary>
    public void Send() => _output.Send();

    /// <summary>Sends the output in line, unless there is a sender. Any thread, not under the lock.</summary>
    public void Flush() => _output.Flush();

    /// <summary>Sends the close frame, once, after all that is in line; no output comes after it. 1005 sends an empty one
    /// (1000 where System.Net.WebSockets does the framing). Any thread, not under the lock.</summary>
    public void SendClose(WebSocketCloseStatus status, string? reason) => _output.SendClose(status, reason);

    /// <summary>Whether bytes were received after the message that was read last. Reader only.</summary>
    public virtual bool HasUnread => false;

    /// <summary>
    /// Whether replies wait for each other while a batch of received messages is handled. Setting it to false sends nothing: the
    /// waiting replies leave with the next one. Set by the reader only.
    /// </summary>
    public bool HoldsReplies { set => _output.HoldsReplies = value; }

    /// <summary>Ends the batch, and sends the waiting replies. Reader only.</summary>
    public void ReleaseReplies() => _output.ReleaseReplies();

    /// <summary>
    /// Breaks the connection: a pending <see cref="ReadAsync"/> ends, unsent output is dropped. Any thread, any number of times.
    /// </summary>
    public void Abort() => Lose(CloseCause.ConnectionLost, null);

    /// <summary>
    /// Ends both directions after the closing handshake, or after <see cref="Abort"/>, and gives all buffers back. The reader and
    /// the output have ended.
    /// </summary>
    public virtual async ValueTask DisposeAsync()
    {
        _output.Dispose();
        await _carrier.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the reading has ended. Messages that were received before the connection was lost can still be read.
    /// </summary>
    protected bool HasEnded => _hasEnded;

    protected bool IsLost => Volatile.Read(ref _loss) is not null;

    /// <summary>How the connection was lost, once it is.</summary>
    public TransportRead? Lost => Volatile.Read(ref _loss)?.Read;

    /// <summary>
    /// After a violation: discards the bytes of the client. Returns true when its close frame comes, and false when there is
    /// nothing more to wait for. Also reports when the client is not in the middle of a message.
    /// </summary>
    protected abstract Task<bool> FindCloseAsync(DrainPatience patience);

    /// <summary>Reads the next message, or how the reading ended, when it has not ended yet.</summary>
    protected abstract ValueTask<TransportRead> ReadNextAsync();

    /// <summary>Ends the reading; the first end stays.</summary>
    protected TransportRead End(in TransportRead end)
    {
        _hasEnded = true;
        var hasNoError = end is { Kind: TransportReadKind.Lost, Error: null };
        return _end = hasNoError ? TransportRead.Lost(end.Cause, Volatile.Read(ref _outputError)) : end;
    }

    /// <summary>Breaks the connection for a reason; the first one counts.</summary>
    protected void Lose(CloseCause cause, Exception? error)
    {
        Interlocked.CompareExchange(ref _loss, new Loss(TransportRead.Lost(cause, error)), null);
        _output.Drop(_loss.Read.Cause);
        _carrier.Abort();
    }

    /// <summary>Call this when no more output can leave. Bytes of the peer are still read, unless it was given up.</summary>
    void IOutputOwner.OutputIsLost(CloseCause cause, Exception? error)
    {
        if (error is null)
        {
            Lose(cause, null);
            return;
        }

        Interlocked.CompareExchange(ref _outputError, error, null);
        _output.Drop(cause);
    }

    private sealed record Loss(TransportRead Read);
}
