using Krait.Transport;

namespace Krait.Messaging;

/// <summary>
/// The encoded messages that wait for room in a send buffer, in order. Guarded by the output's lock.
/// </summary>
/// <remarks>
/// Code that awaits its sends has at most one message here for each task, so only sends without await reach a limit. The
/// limit in bytes is enough for all streams of a connection, with the default options, if each waits with a message that fills
/// the buffer.
/// </remarks>
/// <param name="capacity">Of the send buffer, in bytes.</param>
internal sealed class SendLine(int capacity)
{
    /// <summary>How many may wait.</summary>
    public const int MostMessages = 1024;

    /// <summary>How many bytes may wait, as a multiple of the send buffer. If only one message waits, it may be larger.</summary>
    public const int MostBuffers = 16;

    private readonly LinkedList<SendWaiter> _waiters = [];
    private long _bytes;

    public bool IsEmpty => _waiters.Count == 0;

    /// <summary>Puts a message in line.</summary>
    /// <exception cref="InvalidOperationException">Too many messages or bytes are already in line.</exception>
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

    /// <summary>Takes the first message out of line; null if none waits.</summary>
    public SendWaiter? TakeFirst()
    {
        if (_waiters.First is not { Value: var waiter })
            return null;

        Remove(waiter);
        return waiter;
    }

    /// <summary>Takes a message out of line.</summary>
    public void Remove(SendWaiter waiter)
    {
        _waiters.Remove(waiter.Node);
        _bytes -= waiter.Length;
    }
}

/// <summary>A message that waits for room. You can complete it under the lock: its continuation runs elsewhere.</summary>
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

    // Do not Dispose: that would wait for a running callback, which waits for the lock that is held here.
    private void Leave()
    {
        Cancellation.Unregister();
        _frame.Release();
    }
}
