using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Krait.Sockets.Native;

namespace Krait.Sockets.Connections;

/// <summary>Sends to the socket at once, and keeps the bytes that the kernel does not take.</summary>
/// <remarks>
/// Any thread may complete or break the writer at any moment. Only one producer at a time writes. A flush waits while more bytes
/// are unsent than the limit, as with a <see cref="Pipe"/>. A large <see cref="WriteAsync"/> that the kernel does not take is not
/// copied: it waits until all its bytes are sent.
/// <code>
///   written --> _unsent (copied) --> _held (memory of the WriteAsync that waits) --> kernel takes them in this order
/// </code>
/// </remarks>
internal sealed class SocketWriter(SocketConnection connection, long pauseAt)
    : PipeWriter, IConcurrentPipeWriter, IValueTaskSource<FlushResult>, IThreadPoolWorkItem
{
    private const int MostDeferred = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly UnsentBytes _unsent = new(ArrayPool<byte>.Shared);
    private ManualResetValueTaskSourceCore<FlushResult> _waiter;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private TaskCompletionSource? _allSent; // made if code waits for it
    private ReadOnlyMemory<byte> _held;
    private long _unflushed;
    private bool _isWaiting;
    private bool _isKernelFull;
    private bool _isCancelled;
    private bool _isCompleted;
    private bool _isBroken;
    private bool _hasEnded; // FIN was sent
    private volatile bool _isDue; // a flush was deferred

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes
    {
        get
        {
            lock (_lock)
                return _unflushed;
        }
    }

    /// <summary>Whether it is completed without an error and the kernel has taken all bytes.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
                return _hasEnded;
        }
    }

    private bool HasSentAll => _unsent.Length == 0 && _held.Length == 0;

    private bool MustWait => _held.Length > 0 || _unsent.Length > (_isWaiting ? pauseAt / 2 : pauseAt);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        lock (_lock)
        {
            ThrowIfCompleted();
            return _unsent.Lend(sizeHint);
        }
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        lock (_lock)
        {
            if (_isCompleted || _isBroken)
                return;

            _unsent.Written(bytes);
            _unflushed += bytes;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// On the loop, the bytes leave when the code that handles the connection returns: the answers to pipelined requests leave
    /// together.
    /// </remarks>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        connection.Loop.IsHandling(connection) && TryDefer() ? default : WriteAsync(default, cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);

        lock (_lock)
        {
            if (source.Length > 0)
                ThrowIfCompleted();

            _unflushed = 0;
            _unsent.EndLoan();
            SendUnsent();
            Keep(Send(source));
            if (_isCancelled || !MustWait)
                return new(TakeResult());

            _isWaiting = true;
            _waiter.Reset();
        }

        _cancellation = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static writer => ((SocketWriter)writer!).EndWait(), this);
        return new(this, _waiter.Version);
    }

    public override void CancelPendingFlush()
    {
        lock (_lock)
            _isCancelled = true;

        EndWait();
    }

    public override void Complete(Exception? exception = null)
    {
        bool resumes;
        lock (_lock)
        {
            if (_isCompleted)
                return;

            _isCompleted = true;
            if (exception is null)
                SendUnsent();

            resumes = !MustWait && TryEndWait();
        }

        // A reset, and no end: the peer must not take half a message for a whole one.
        if (exception is not null)
            connection.Abort(new("The writer was completed with an error.", exception));

        if (resumes)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The connection has broken: sends nothing more.</summary>
    public void Break()
    {
        lock (_lock)
            DropAll();

        EndWait();
    }

    /// <summary>
    /// Completes when the writer is completed and the kernel has taken all bytes, or the connection has broken.
    /// </summary>
    public Task WhenAllSentAsync()
    {
        lock (_lock)
        {
            if (_isBroken || (_isCompleted && HasSentAll))
                return Task.CompletedTask;

            _allSent ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allSent.Task;
        }
    }

    /// <summary>Sends the bytes of deferred flushes.</summary>
    public void SendDue()
    {
        if (!_isDue)
            return;

        lock (_lock)
        {
            _isDue = false;
            SendUnsent();
        }
    }

    /// <summary>The kernel takes bytes again, or reports an error. On the loop.</summary>
    public void OnWritable()
    {
        lock (_lock)
        {
            _isKernelFull = false;
            SendUnsent();
            if (MustWait || !TryEndWait())
                return;
        }

        Resume();
    }

    void IThreadPoolWorkItem.Execute() => Resume();

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        _cancellation = default;
        return _waiter.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private bool TryDefer()
    {
        lock (_lock)
        {
            if (_isCompleted || _isBroken || _isCancelled || _held.Length > 0 || _unsent.Length > Math.Min(pauseAt, MostDeferred))
                return false;

            _unsent.EndLoan();
            _unflushed = 0;
            return _isDue = true;
        }
    }

    private void Resume()
    {
        FlushResult result;
        lock (_lock)
            result = TakeResult();

        if (_cancellation.IsCancellationRequested && !result.IsCompleted && !result.IsCanceled)
            _waiter.SetException(new OperationCanceledException(_cancellation));
        else
            _waiter.SetResult(result);
    }

    /// <summary>Ends the wait of a flush before its time.</summary>
    private void EndWait()
    {
        lock (_lock)
        {
            if (!TryEndWait())
                return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Whether a flush waited; the caller must resume it. Under the lock.</summary>
    private bool TryEndWait()
    {
        if (!_isWaiting)
            return false;

        _isWaiting = false;
        _unsent.Add(_held.Span); // the memory is its owner's again
        _held = default;
        return true;
    }

    private FlushResult TakeResult()
    {
        var isCancelled = _isCancelled;
        _isCancelled = false;
        return new(isCancelled, isCompleted: _isBroken || _isCompleted);
    }

    /// <summary>Keeps bytes that the kernel did not take: a copy if it may be kept, else the memory itself.</summary>
    private void Keep(ReadOnlyMemory<byte> rest)
    {
        if (_isBroken || rest.IsEmpty)
            return;

        if (_isCancelled || _unsent.Length + rest.Length <= pauseAt)
            _unsent.Add(rest.Span);
        else
            _held = rest;
    }

    /// <summary>Sends the waiting bytes. Under the lock.</summary>
    private void SendUnsent()
    {
        while (_unsent.Length > 0 && TrySend(_unsent.Next.Span) is var count and >= 0)
            _unsent.Sent(count);

        var rest = Send(_held);
        _held = _isBroken ? default : rest;
        if (_isCompleted && HasSentAll && !_isBroken && !_hasEnded)
            EndSide();
    }

    /// <summary>Sends bytes after those that wait. Under the lock.</summary>
    /// <returns>The bytes that the kernel did not take.</returns>
    private ReadOnlyMemory<byte> Send(ReadOnlyMemory<byte> bytes)
    {
        while (_unsent.Length == 0 && bytes.Length > 0 && TrySend(bytes.Span) is var count and >= 0)
            bytes = bytes[count..];

        return bytes;
    }

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (_isKernelFull || _isBroken)
            return SocketCalls.WouldBlock;

        try
        {
            var count = SocketCalls.Send(connection.Handle, bytes);
            _isKernelFull = count < bytes.Length; // an edge will come
            return count;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            DropAll();
            connection.NotifyClosed();
            return SocketCalls.WouldBlock;
        }
    }

    private void DropAll()
    {
        _isBroken = true;
        _unsent.Clear();
        _held = default;
        _allSent?.TrySetResult();
    }

    /// <summary>Lets the peer see the end of this side.</summary>
    private void EndSide()
    {
        _hasEnded = true;
        connection.EndSending();
        _allSent?.TrySetResult();
    }

    private void ThrowIfCompleted()
    {
        if (_isCompleted)
            throw new InvalidOperationException("The writer is completed, so it cannot write.");
    }
}
