using System.Net.WebSockets;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Controllers;

internal sealed partial class ControllerSession<TSelf, TReceive, TSend>
{
    // A client that never stops sending must not wait for ever for replies and pongs.
    private const int MostReadsInBatch = 8;

    private volatile bool _discarding;
    private bool _keepsTurn; // the reader's, from one message of a batch to the next

    /// <summary>Reads until the reading ends, and says how. Output is held back while what a few reads brought is handled.</summary>
    private async Task<TransportRead> ReadAsync()
    {
        // Handlers run from here on: one that blocks must not keep the end of the connection from beginning.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var readsInBatch = 0;
        try
        {
            while (true)
            {
                var delivering = DeliverReceived();
                if (delivering.IsCompletedSuccessfully)
                {
                    var pending = _transport.ReadAsync();
                    if (!pending.IsCompleted || ++readsInBatch == MostReadsInBatch)
                    {
                        readsInBatch = 0;
                        EndBatch();
                    }

                    var read = await pending.ConfigureAwait(false);
                    if (read.Kind != TransportReadKind.Message)
                        return EndOfReading(read);

                    delivering = Deliver(read);
                }

                if (!delivering.IsCompletedSuccessfully)
                {
                    _transport.Uncork();
                    await delivering.ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            // Handlers' and decoders' exceptions end elsewhere: this is a fault of Krait's, which must not leave the connection hanging.
            ConnectionLog.HandlerFailed(_runtime.Logger, e, _runtime.Name, _connection.ConnectionId);
            _lifetime.TryEnd(Failed(e));
            EndBatch();
            return TransportRead.Lost(CloseCause.ConnectionLost, e);
        }
    }

    private TransportRead EndOfReading(in TransportRead read)
    {
        EndBatch();
        _lifetime.TryEnd(new((WebSocketCloseStatus)read.Status, read.Reason, read.Cause) { Error = read.Error });
        return read;
    }

    private void EndBatch()
    {
        EndTurn();
        _transport.Uncork();
    }

    private void EndTurn()
    {
        if (!_keepsTurn)
            return;

        _keepsTurn = false;
        PassTurn();
    }

    /// <summary>Delivers what is there, until the next one may not be read yet, or nothing is there any more.</summary>
    private ValueTask DeliverReceived()
    {
        while (_transport.TryRead(out var read))
        {
            var delivering = Deliver(read);
            if (!delivering.IsCompletedSuccessfully)
                return delivering;
        }

        return default;
    }

    private ValueTask Deliver(in TransportRead read)
    {
        if (_discarding)
            return default;

        _transport.Cork();
        return _queue is null ? Dispatch(read) : Enqueue(_queue, read);
    }

    /// <summary>Event delivery: handles the message at once, or puts it in line. Completes when the next one may be read.</summary>
    private ValueTask Dispatch(in TransportRead read)
    {
        if (_handlers.IsAwaited)
            EndTurn();

        if (_keepsTurn || _handlers.TryBegin())
        {
            var handling = HandleAsync(read.Type, read.Payload);
            _keepsTurn = handling.IsCompletedSuccessfully;
            if (!_keepsTurn)
                _ = FinishTurnAsync(handling, Borrows(read.Type) ? _transport.DetachPayload() : null);

            return default;
        }

        _budget.Add(read.Payload.Length);
        var message = QueuedWork.Message(read);
        if (_handlers.TryBeginOrEnqueue(message))
            _ = PerformAsync(message);

        return _budget.WaitForRoomAsync();
    }

    /// <summary>Whether what is handled points into the payload.</summary>
    private bool Borrows(WebSocketMessageType type) =>
        _codecs.Borrows || (type == WebSocketMessageType.Binary && _descriptor.OnBinary is not null);

    /// <summary>Queue delivery: decodes the message into the queue. Completes when the next one may be read.</summary>
    private ValueTask Enqueue(ReceiveQueue<TReceive> queue, in TransportRead read)
    {
        var length = read.Payload.Length;
        try
        {
            queue.Write(_codecs.Decoder.Decode(new(read.Type, read.Payload, _connection.Protocol)), length);
        }
        catch (Exception e)
        {
            _budget.Add(length);
            _ = RefuseAsync(AsInvalidMessage(e), length);
        }

        return _budget.WaitForRoomAsync();
    }

    private async Task RefuseAsync(Exception error, int length)
    {
        await CallInTurnAsync(() => FailAsync(error, (error as InvalidMessageException)?.Partial, fatal: false)).ConfigureAwait(false);
        _budget.Remove(length);
    }
}
