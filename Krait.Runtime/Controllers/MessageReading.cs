using Krait.Connections;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Reads the messages of one connection and delivers them until the reading ends.</summary>
/// <remarks>
/// When the connection begins to end, messages that Krait has read are still delivered, as <see cref="EndPlan.Line"/> says;
/// messages that arrive later are read and discarded, so that the client's close frame is found behind them.
/// </remarks>
internal sealed class MessageReading(
    MessageTransport transport, IMessageDelivery delivery, ConnectionLifetime lifetime, ConnectionLog log)
{
    // A client that never stops sending must not wait for ever for replies and pongs.
    private const int MostReadsInBatch = 8;

    private TaskCompletionSource? _lineCompleted;
    private int _isLineComplete;
    private volatile bool _isWaiting;
    private bool _discards;
    private int _readsInBatch;

    /// <summary>Completes when no further message will be delivered.</summary>
    public Task LineCompleted
    {
        get
        {
            var source = Volatile.Read(ref _lineCompleted)
                ?? Interlocked.CompareExchange(ref _lineCompleted, new(TaskCreationOptions.RunContinuationsAsynchronously), null)
                ?? _lineCompleted;
            if (Volatile.Read(ref _isLineComplete) == 1)
                source.TrySetResult();

            return source.Task;
        }
    }

    /// <summary>
    /// Reads until the reading ends, and returns how it ended. Holds replies back while it handles the messages of a few reads.
    /// </summary>
    public async Task<TransportRead> RunAsync()
    {
        // Handlers run from here on: one that blocks must not keep the end of the connection from beginning.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                var delivering = DeliverReceived();
                if (delivering.IsCompletedSuccessfully)
                {
                    var read = await ReadAsync().ConfigureAwait(false);
                    if (read.Kind != TransportReadKind.Message)
                        return End(read);

                    EndWaiting();
                    delivering = Deliver(read);
                }

                if (!delivering.IsCompletedSuccessfully)
                    await Release(delivering).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            return Fail(e);
        }
        finally
        {
            EndBatch();
            CompleteLine();
        }
    }

    /// <summary>Call once when the connection begins to end, on any thread.</summary>
    public void ConnectionEnds()
    {
        // Both sides read after a barrier, so either this sees that the reader waits, or the reader sees the end.
        if (_isWaiting)
            CompleteLine();

        delivery.LiftBudget();
    }

    /// <summary>Sends the replies that are held back, because the delivery takes long.</summary>
    private ValueTask Release(ValueTask delivering)
    {
        transport.ReleaseReplies();
        return delivering;
    }

    private ValueTask<TransportRead> ReadAsync()
    {
        delivery.EndRead();
        var pending = transport.ReadAsync();
        if (!pending.IsCompleted || ++_readsInBatch == MostReadsInBatch)
        {
            _readsInBatch = 0;
            EndBatch();
        }

        if (!pending.IsCompleted)
            BeginWaiting();

        return pending;
    }

    // Exceptions of handlers and decoders do not get here. This is a fault of Krait, and must not leave the connection hanging.
    private TransportRead Fail(Exception error)
    {
        lifetime.TryEnd(HandlerCalls.Failed(error));
        log.HandlerFailed(error);
        return TransportRead.Lost(CloseCause.ConnectionLost, error);
    }

    private void BeginWaiting()
    {
        _isWaiting = true;
        Interlocked.MemoryBarrier();
        if (lifetime.IsEnding)
            CompleteLine();
    }

    private void EndWaiting()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Interlocked.MemoryBarrier();
        }

        if (!_discards && lifetime.IsEnding)
        {
            _discards = true;
            CompleteLine();
        }
    }

    private TransportRead End(in TransportRead read)
    {
        EndBatch();
        lifetime.TryEnd(new(read.Status, read.Reason, read.Cause) { Error = read.Error });
        return read;
    }

    private void EndBatch()
    {
        delivery.EndBatch();
        transport.ReleaseReplies();
    }

    /// <summary>Delivers the messages that have arrived, until there are no more or the next one must not be read yet.</summary>
    private ValueTask DeliverReceived()
    {
        while (transport.TryRead(out var read))
        {
            var delivering = Deliver(read);
            if (!delivering.IsCompletedSuccessfully)
                return delivering;
        }

        return default;
    }

    private ValueTask Deliver(in TransportRead read)
    {
        if (_discards || lifetime.DropsLine)
            return default;

        transport.HoldsReplies = transport.HasUnread;
        return delivery.DeliverAsync(read);
    }

    private void CompleteLine()
    {
        if (Interlocked.Exchange(ref _isLineComplete, 1) == 1)
            return;

        delivery.Complete();
        Volatile.Read(ref _lineCompleted)?.TrySetResult();
    }
}
