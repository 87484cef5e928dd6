using Krait.Transport;

namespace Krait.Messaging;

/// <summary>Where messages wait for the transport: encoded in order, bounded in bytes.</summary>
/// <remarks>
/// Thread-safe. There is room while fewer than <paramref name="capacity"/> bytes wait, so one message may overshoot. Who finds no room waits its turn
/// unencoded; the order is that of the calls. All state is guarded by the transport's output lock.
/// </remarks>
/// <param name="transport">What sends.</param>
/// <param name="encoder">What encodes.</param>
/// <param name="capacity">In bytes.</param>
/// <param name="isUncompressed">Says which messages are sent as they are on a connection that compresses.</param>
internal sealed partial class SendBuffer<T>(MessageTransport transport, IMessageEncoder<T> encoder, int capacity, Func<T, bool>? isUncompressed = null) : IEndingSends
{
    private LinkedList<Waiter>? _waiters;
    private volatile SendBufferState _state;
    private Func<ConnectionClosedException>? _closed;
    private bool _encoding;

    /// <summary>Whether what is sent can still reach the client.</summary>
    public bool IsOpen => _state == SendBufferState.Open;

    /// <summary>Appends a message if that needs no waiting.</summary>
    public bool TrySend(T message)
    {
        lock (transport.OutputLock)
        {
            if (_state != SendBufferState.Open || !HasRoom)
                return false;

            Append(message);
        }

        Flush();
        return true;
    }

    /// <summary>Appends a message when there is room for it.</summary>
    /// <exception cref="ConnectionClosedException">The buffer is closed.</exception>
    public ValueTask SendAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        Waiter? waiter = null;
        try
        {
            lock (transport.OutputLock)
            {
                switch (_state)
                {
                    case SendBufferState.Discarding:
                        return GoNowhereAsync();
                    case SendBufferState.Closed:
                        return ValueTask.FromException(_closed!());
                }

                if (HasRoom)
                    Append(message);
                else
                    PutInLine(waiter = new(message));
            }
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e); // what Encode throws; the buffer is as it was
        }

        if (waiter is not null)
            return new(WaitAsync(waiter, cancellationToken));

        Flush();
        return default;
    }

    /// <summary>Lets those who wait have the room that the transport made.</summary>
    public void Advance()
    {
        lock (transport.OutputLock)
        {
            // When no more output can leave, what seems to be room is none: those who wait learn of the loss by Close.
            if (_waiters is null or { Count: 0 } || transport.OutputCompletion.IsCompleted)
                return;

            while (_waiters is { First.Value: var waiter } && transport.BufferedBytes < capacity)
            {
                _waiters.RemoveFirst();
                try
                {
                    Append(waiter);
                    waiter.Complete();
                }
                catch (Exception e)
                {
                    waiter.Fail(e);
                }
            }
        }

        Flush();
    }

    public void Discard()
    {
        lock (transport.OutputLock)
        {
            if (_state != SendBufferState.Open)
                return;

            _state = SendBufferState.Discarding;
            ReleaseWaiters(static waiter => waiter.Complete());
        }
    }

    public void Close(Func<ConnectionClosedException> closed)
    {
        lock (transport.OutputLock)
        {
            if (_state == SendBufferState.Closed)
                return;

            _state = SendBufferState.Closed;
            _closed = closed;
            ReleaseWaiters(waiter => waiter.Fail(closed()));
        }
    }

    // A loop that sends to a client that has closed would keep its thread busy for nothing.
    private static async ValueTask GoNowhereAsync() => await Task.Yield();

    private bool HasRoom => _waiters is null or { Count: 0 } && transport.BufferedBytes < capacity;

    // A full buffer does not wait for the end of a batch: who sends in the batch would find no room.
    private void Flush()
    {
        if (transport.BufferedBytes < capacity)
            transport.Flush();
        else
            transport.FlushNow();
    }

    private void Append(T message)
    {
        if (_encoding)
            throw SentWhileEncoding();

        _encoding = true;
        var output = transport.BeginMessage();
        try
        {
            transport.CompleteMessage(encoder.Encode(message, output), compress: isUncompressed is null || !isUncompressed(message));
        }
        catch
        {
            transport.DiscardMessage();
            throw;
        }
        finally
        {
            _encoding = false;
        }
    }

    private static InvalidOperationException SentWhileEncoding() =>
        new("A message was sent while another one is being encoded: an encoder or converter must not send.");

    private void PutInLine(Waiter waiter) => (_waiters ??= new()).AddLast(waiter.Node);

    // Not under the lock: a token that fired meanwhile calls back at once, and that flushes.
    private Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static (state, token) =>
        {
            var (buffer, waiter) = ((SendBuffer<T>, Waiter))state!;
            buffer.Cancel(waiter, token);
        }, (this, waiter));
        lock (transport.OutputLock)
        {
            if (waiter.Node.List is not null)
                waiter.Cancellation = registration;
            else
                registration.Unregister();
        }

        return waiter.Task;
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (transport.OutputLock)
        {
            if (waiter.Node.List is null)
                return;

            _waiters!.Remove(waiter.Node);
        }

        waiter.TrySetCanceled(cancellationToken);
        Advance(); // the next in line may fit where this one did not
    }

    private void ReleaseWaiters(Action<Waiter> release)
    {
        while (_waiters is { First.Value: var waiter })
        {
            _waiters.RemoveFirst();
            release(waiter);
        }
    }

    /// <summary>One who waits for room. Continuations run elsewhere, so that it may be completed under the lock.</summary>
    private sealed class Waiter : TaskCompletionSource
    {
        public Waiter(T? message, EncodedBytes? bytes = null, bool compress = true)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            Message = message;
            Bytes = bytes;
            Compress = compress;
            Node = new(this);
        }

        /// <summary>What to send, unless there are <see cref="Bytes"/>.</summary>
        public T? Message { get; }

        public EncodedBytes? Bytes { get; }

        /// <summary>Whether <see cref="Bytes"/> may be compressed.</summary>
        public bool Compress { get; }

        public LinkedListNode<Waiter> Node { get; }

        public CancellationTokenRegistration Cancellation { get; set; }

        // Unregister rather than Dispose: a callback that is under way waits for the lock that is held here.
        public void Complete()
        {
            Cancellation.Unregister();
            TrySetResult();
        }

        public void Fail(Exception error)
        {
            Cancellation.Unregister();
            TrySetException(error);
        }
    }
}

/// <summary>What becomes of messages that are sent.</summary>
internal enum SendBufferState
{
    /// <summary>They reach the client.</summary>
    Open,

    /// <summary>The client has closed: they are dropped silently.</summary>
    Discarding,

    /// <summary>The connection is closed: sending throws.</summary>
    Closed,
}
