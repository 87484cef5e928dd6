using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Krait.Sockets.Native;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Connections;

/// <summary>Receives from the socket when code reads, and holds no buffer while nothing arrives.</summary>
/// <remarks>
/// One consumer at a time, as for every <see cref="PipeReader"/>; <see cref="CancelPendingRead"/> and <see cref="Wake"/> are
/// thread-safe. While a read waits, the reader's state belongs to the thread that resumes it. <see cref="EdgeGate"/> decides
/// which one that is:
/// <code>
///   ReadAsync: bytes are there -----------------------------> completed, the consumer owns the state
///              nothing is there, the gate waits -> pending
///   pending:   Signal -> receive: bytes or the end ---------> completed on the loop, the consumer owns the state
///                                 nothing, the gate waits --> pending
/// </code>
/// A connection receives once in a turn of its loop, so that a busy one does not hold up the others.
/// </remarks>
internal sealed class SocketReader(SocketConnection connection) : PipeReader, IValueTaskSource<ReadResult>, IThreadPoolWorkItem
{
    private readonly ReceivedBytes _received = new(ArrayPool<byte>.Shared);
    private ManualResetValueTaskSourceCore<ReadResult> _waiter;
    private EdgeGate _gate = new();
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private int _isCancelled;
    private volatile bool _hasPeerEnded; // told by the kernel; bytes may be left
    private volatile bool _hasEnded; // all bytes have been received
    private bool _isDrained; // the last receive took everything
    private volatile bool _isReading; // from ReadAsync until its result is taken
    private bool _isCompleted;
    private long _turn = -1; // of the loop, in which the last receive was

    /// <summary>Whether the end has been received.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Whether the read must end without bytes.</summary>
    /// <remarks>An abort needs no look: it closes the socket, so that receives fail.</remarks>
    private bool IsInterrupted => Volatile.Read(ref _isCancelled) != 0 || _cancellation.IsCancellationRequested;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);

        _waiter.Reset();
        _isReading = true;
        _cancellation = cancellationToken;
        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static reader => ((SocketReader)reader!).Wake(), this);

        try
        {
            if (!TryFinish(out var result))
                return new(this, _waiter.Version);

            Unregister();
            return new(result);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Unregister();
            return ValueTask.FromException<ReadResult>(e);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        ThrowIfCompleted();
        var isCancelled = TakeCancellation();
        var isThere = isCancelled || _received.HasNew || _hasEnded;
        result = isThere ? Result(isCancelled) : default;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
        _received.AdvanceTo(consumed, examined);

    public override void CancelPendingRead()
    {
        Volatile.Write(ref _isCancelled, 1);
        Wake();
    }

    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
            return;

        _isCompleted = true;
        if (!_isReading)
            _received.Clear(); // else the arrays belong to the thread that resumes the read, and the kernel may be filling one
    }

    /// <summary>Something has changed: lets a read that waits look again, on another thread.</summary>
    public void Wake()
    {
        if (_gate.Signal())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The socket has an event, or the reader's next turn has come. On the loop.</summary>
    public void OnReadable(EpollEvents events)
    {
        const EpollEvents Broken = EpollEvents.HungUp | EpollEvents.Error;
        const EpollEvents Ended = EpollEvents.PeerEnded | Broken;
        if ((events & Ended) != 0)
            _hasPeerEnded = true;

        if (_gate.Signal())
        {
            if ((events & Ended) != 0)
                connection.PeerEnded(); // no other event reports it, and the code may never read as far as the end

            Resume();
        }
        else if ((events & Broken) != 0)
            connection.NotifyClosed(); // whatever is left to read
        else if ((events & Ended) != 0)
            connection.PeerEnded();
    }

    void IThreadPoolWorkItem.Execute() => Resume();

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        Unregister();
        return _waiter.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private void Resume()
    {
        ReadResult result;
        try
        {
            if (!TryFinish(out result))
                return;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            _waiter.SetException(e);
            return;
        }

        _waiter.SetResult(result);
    }

    /// <summary>Finds the result of a read; false if the read waits now, and others may resume it.</summary>
    private bool TryFinish(out ReadResult result)
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            connection.ThrowIfAborted();
            var isCancelled = TakeCancellation();
            if (isCancelled || _received.HasNew || _hasEnded)
            {
                result = Result(isCancelled);
                return true;
            }

            result = default;
            if (_isDrained && _gate.TryWait())
                return false;

            if (_turn == connection.Loop.CurrentTurn)
            {
                _gate.WaitForTurn();
                connection.Loop.Defer(connection);
                return false;
            }

            _isDrained = false;
            _gate.Forget();
            if (IsInterrupted)
                continue; // else a cancellation whose edge is forgotten here would be lost

            if (!TryReceive() && _gate.TryWait())
                return false;
        }
    }

    /// <summary>Receives the bytes that have arrived; false if there are none.</summary>
    private bool TryReceive()
    {
        _turn = connection.Loop.CurrentTurn ?? -1;
        var room = _received.GetRoom();
        var count = Receive(room);
        _received.Received(Math.Max(count, 0));
        _isDrained = count < room.Length && !_hasPeerEnded;
        _hasEnded = count == 0;
        if (count == 0 || _hasPeerEnded)
            connection.PeerEnded(); // patience starts anew while the code reads

        return count >= 0;
    }

    private int Receive(Span<byte> room)
    {
        try
        {
            return SocketCalls.Receive(connection.Handle, room);
        }
        catch (SocketException e)
        {
            connection.NotifyClosed();
            throw new ConnectionResetException("The client has reset the connection.", e);
        }
        catch (ObjectDisposedException)
        {
            throw new ConnectionAbortedException("The connection is closed.");
        }
    }

    private bool TakeCancellation() =>
        Volatile.Read(ref _isCancelled) != 0 && Interlocked.Exchange(ref _isCancelled, 0) != 0;

    private ReadResult Result(bool isCancelled) => new(_received.Sequence, isCancelled, _hasEnded);

    private void Unregister()
    {
        _registration.Dispose();
        _registration = default;
        _cancellation = default;
        _isReading = false;
    }

    private void ThrowIfCompleted()
    {
        if (_isCompleted)
            throw new InvalidOperationException("The reader is completed, so it cannot read.");
    }
}
