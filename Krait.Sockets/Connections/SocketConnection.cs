using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Krait.Sockets.Loops;
using Krait.Sockets.Native;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Sockets.Connections;

/// <summary>An accepted TCP connection on one loop.</summary>
/// <remarks>Any thread may abort it at any moment.</remarks>
internal sealed class SocketConnection :
    ConnectionContext,
    IDuplexPipe,
    IConnectionIdFeature,
    IConnectionTransportFeature,
    IConnectionItemsFeature,
    IConnectionLifetimeFeature,
    IConnectionEndPointFeature,
    IConnectionSocketFeature,
    IConnectionRouteFeature,
    IMemoryPoolFeature
{
    // As much as Kestrel's own transport would have received.
    private const int MostDiscarded = 1024 * 1024;

    private static readonly TimeSpan s_endPatience = TimeSpan.FromMilliseconds(250);

    private static long s_lastId = DateTime.UtcNow.Ticks;

    private readonly CancellationTokenSource _closed = new();
    private readonly SocketReader _reader;
    private readonly SocketWriter _writer;
    private string? _id;
    private IDictionary<object, object?>? _items;
    private ConnectionAbortedException? _abortReason;
    private Timer? _endNotice; // made when the peer ends its side
    private int _isClosedNotified;

    public SocketConnection(Socket socket, EpollLoop loop, MemoryPool<byte> pool, long pauseWriterAt)
    {
        (Socket, Handle, Loop, MemoryPool) = (socket, socket.SafeHandle, loop, pool);
        (_reader, _writer) = (new(this), new(this, pauseWriterAt));
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        Transport = this;
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IConnectionEndPointFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IConnectionRouteFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
    }

    /// <summary>Identifies the connection among those of its loop.</summary>
    public long Key { get; } = Interlocked.Increment(ref s_lastId);

    public Socket Socket { get; }

    public SafeSocketHandle Handle { get; }

    public EpollLoop Loop { get; }

    public MemoryPool<byte> MemoryPool { get; }

    /// <summary>The route of the controller that the connection serves; null if none does.</summary>
    public string? Route { get; set; }

    public override string ConnectionId
    {
        get => _id ??= Key.ToString("X16", null);
        set => _id = value;
    }

    public override IFeatureCollection Features { get; } = new ConnectionFeatures();

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    PipeReader IDuplexPipe.Input => _reader;

    PipeWriter IDuplexPipe.Output => _writer;

    /// <summary>The socket has events, or the reader's next turn has come. On the loop.</summary>
    public void OnEvents(EpollEvents events)
    {
        if ((events & (EpollEvents.Writable | EpollEvents.HungUp | EpollEvents.Error)) != 0)
            _writer.OnWritable();

        if ((events & ~EpollEvents.Writable) != 0 || events == EpollEvents.None)
            _reader.OnReadable(events);

        SendDue();
    }

    /// <summary>Sends the bytes that were flushed while the loop handled the connection. Any thread.</summary>
    public void SendDue() => _writer.SendDue();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (Interlocked.CompareExchange(ref _abortReason, abortReason, null) is not null)
            return;

        if (_writer.HasEnded)
            CloseGently();
        else
            CloseWithReset();

        _writer.Break();
        _reader.Wake();
        NotifyClosed();
    }

    public override void Abort() => Abort(new("The connection was aborted."));

    /// <exception cref="ConnectionAbortedException">The connection was aborted.</exception>
    public void ThrowIfAborted()
    {
        if (Volatile.Read(ref _abortReason) is { } reason)
            throw new ConnectionAbortedException(reason.Message, reason);
    }

    /// <summary>
    /// The peer has ended its side. Kestrel would abort the connection for <see cref="ConnectionClosed"/>, and the answers to
    /// messages before the end would be lost. So the code that reads gets time to see the end and to answer.
    /// </summary>
    public void PeerEnded()
    {
        try
        {
            _endNotice ??= NewTimer();
            _endNotice.Change(s_endPatience, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The connection is disposed meanwhile, which says the same.
        }
    }

    private Timer NewTimer()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return new(
                static connection => ((SocketConnection)connection!).NoticeEnd(), this, Timeout.Infinite, Timeout.Infinite);
        }
    }

    private void NoticeEnd()
    {
        // A WebSocket that has read the end deals with it, and one that has something to read will. Other code may never read on.
        if (Route is null || (!_reader.HasEnded && SocketCalls.IsAtEnd(Handle)))
            NotifyClosed();
    }

    /// <summary>Cancels <see cref="ConnectionClosed"/>, on another thread.</summary>
    public void NotifyClosed()
    {
        if (Interlocked.Exchange(ref _isClosedNotified, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.CancelClosed(), this, preferLocal: false);
    }

    private void CancelClosed()
    {
        try
        {
            _closed.Cancel();
        }
        catch (AggregateException e)
        {
            Loop.Report(this, e); // from callbacks, so from any code: on this thread it would end the process
        }
    }

    /// <summary>Sends FIN.</summary>
    public void EndSending()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has broken before, which reads and writes notice.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _reader.Complete();
        _writer.Complete();
        await _writer.WhenAllSentAsync().ConfigureAwait(false);
        CloseGently();
        _reader.Wake(); // no event will come for a read that still waits
        if (_endNotice is not null)
            await _endNotice.DisposeAsync().ConfigureAwait(false);

        NotifyClosed();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private void CloseWithReset()
    {
        Loop.Remove(this);
        Socket.Close(timeout: 0);
    }

    /// <summary>Closes the socket after FIN. If received bytes were unread, the kernel would send a reset.</summary>
    private void CloseGently()
    {
        Loop.Remove(this);
        SocketCalls.Discard(Handle, MostDiscarded);
        Socket.Dispose();
    }
}
