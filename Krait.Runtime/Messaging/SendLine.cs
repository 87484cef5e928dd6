using Krait.Transport;

namespace Krait.Messaging;

/// <summary>
/// Those who wait for room in a send buffer, in order, each with its encoded message. Guarded by the output's lock.
/// </summary>
/// <remarks>
/// Code that awaits its sends has one message here for each of its tasks, so only sends without await come near a bound. The
/// bound in bytes is as much as all streams of a connection need at defaults when each of them waits with a message that fills
/// the buffer.
/// </remarks>
/// <param name="capacity">Of the send buffer, in bytes.</param>
internal sealed class SendLine(int capacity)
{
    /// <summary>How many may wait.</summary>
    public const int MostMessages = 1024;

    /// <summary>How many bytes may wait, in send buffers. A message that is the only one may be larger.</summary>
    public const int MostBuffers = 16;

    private readonly LinkedList<SendWaiter> _waiters = [];
    private long _bytes;

    public bool IsEmpty => _waiters.Count == 0;

    /// <summary>Puts a message in line.</summary>
    /// <exception cref="InvalidOperationException">Too much is in line already.</exception>
    public SendWaiter Add(in OutgoingFrame frame)
    {
        if (_waiters.Count == MostMessages || (!IsEmpty && _bytes + frame.Length > (long)MostBuffers * capacity))
        {
            throw new InvalidOperationException(
                $"{_waiters.Count} messages of {_bytes} bytes already wait for room in the send buffer of this connection. "
                + "Await each SendAsync, or use TrySend and drop messages that find no room.");
        }

        var waiter = new SendWaiter(frame.Keep());
        _waiters.AddLast(waiter.Node);
        _bytes += waiter.Length;
        return waiter;
    }

    /// <summary>Takes the first out of line; null if nobody waits.</summary>
    public SendWaiter? TakeFirst()
    {
        if (_waiters.First is not { Value: var waiter })
            return null;

        Remove(waiter);
        return waiter;
    }

    /// <summary>Takes somebody out of line.</summary>
    public void Remove(SendWaiter waiter)
    {
        _waiters.Remove(waiter.Node);
        _bytes -= waiter.Length;
    }
}

/// <summary>One who waits for room. Continuations run elsewhere, so that it may be completed under the lock.</summary>
internal sealed class SendWaiter : TaskCompletionSource
{
    private OutputSegment _frame;

    public SendWaiter(OutputSegment frame)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _frame = frame;
        Length = frame.Length;
        Node = new(this);
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    public LinkedListNode<SendWaiter> Node { get; }

    public bool IsInLine => Node.List is not null;

    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Puts the message into the output. The output's lock must be held.</summary>
    public void AppendTo(MessageTransport transport)
    {
        if (transport.Append(_frame))
            _frame = default;

        Complete();
    }

    public void Complete()
    {
        Leave();
        TrySetResult();
    }

    public void Fail(Exception error)
    {
        Leave();
        TrySetException(error);
    }

    public void Cancel(CancellationToken cancellationToken)
    {
        Leave();
        TrySetCanceled(cancellationToken);
    }

    // Unregister rather than Dispose: a callback that is under way waits for the lock that is held here.
    private void Leave()
    {
        Cancellation.Unregister();
        _frame.Release();
    }
}
