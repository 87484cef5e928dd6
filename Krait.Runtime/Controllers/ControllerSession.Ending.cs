using Krait.Transport;

namespace Krait.Controllers;

internal sealed partial class ControllerSession<TSelf, TReceive, TSend>
{
    // How long a peer that broke the protocol may take to read the close frame before its connection is reset.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);

    private volatile bool _isLeftBehind;

    /// <summary>Happens on the thread that brings the cause, so that what its caller does next finds the connection ending.</summary>
    private void OnEnding(CloseInfo why)
    {
        if (why.Cause == CloseCause.ClientClosed)
            _sends.Discard();
        else
            _discarding = true;

        if (why.Cause is not (CloseCause.ClientClosed or CloseCause.HostStopping))
            RefuseSends(why);

        _queue?.Complete();
        _budget.Lift();
    }

    /// <summary>Carries the end out: the closing handshake, the handlers' return, [OnClose], and what must be disposed.</summary>
    private async Task EndAsync(CloseInfo why, Task<TransportRead> reading, Task running)
    {
        var returning = ReturnAsync(running);
        var handshake = why.Cause == CloseCause.HostStopping ? LeaveAsync(why, reading, returning) : CloseAsync(why, reading);
        if (why.Cause == CloseCause.ClientClosed)
            await HandledAsync(running).CompletesWithinAsync(Options.StopTimeout, _runtime.TimeProvider).ConfigureAwait(false);

        _lifetime.Stop();
        if (!await returning.CompletesWithinAsync(Options.StopTimeout, _runtime.TimeProvider).ConfigureAwait(false))
        {
            ConnectionLog.HandlersDidNotReturn(_runtime.Logger, _runtime.Name, _connection.ConnectionId, Options.StopTimeout);
            _isLeftBehind = true;
            _discarding = true;
            _transport.Abort();
        }

        why = why with { WasClean = await handshake.ConfigureAwait(false) };
        if (!_isLeftBehind)
            await reading.ConfigureAwait(false);

        RefuseSends(why);
        await CallCloseHandlerAsync(why).ConfigureAwait(false);
        await DisposeControllerAsync().ConfigureAwait(false);
        await DisposeTransportAsync(reading).ConfigureAwait(false);
        ConnectionLog.Closed(_runtime.Logger, _runtime.Name, _connection.ConnectionId, why.Cause, (int)why.Status, why.WasClean);
    }

    /// <summary>Completes when all that the client sent before its close is handled: nothing is in line, and who pulls messages came back for more.</summary>
    private async Task HandledAsync(Task running)
    {
        if (_queue is not null)
            await Task.WhenAny(_queue.EndSeen, running).ConfigureAwait(false);

        await _handlers.WhenIdle().ConfigureAwait(false);
    }

    /// <summary>Completes when no code of the controller runs any more. In this order, since a handler may start a stream.</summary>
    private async Task ReturnAsync(Task running)
    {
        await running.ConfigureAwait(false);
        await _handlers.WhenIdle().ConfigureAwait(false);
        await _streams.WhenIdle().ConfigureAwait(false);
    }

    /// <summary>The host is stopping: handlers may say goodbye before the close frame.</summary>
    private async Task<bool> LeaveAsync(CloseInfo why, Task<TransportRead> reading, Task returning)
    {
        await Task.WhenAny(returning, _lifetime.CloseRequested, reading)
            .CompletesWithinAsync(Options.StopTimeout, _runtime.TimeProvider).ConfigureAwait(false);
        return await CloseAsync(why, reading).ConfigureAwait(false);
    }

    /// <summary>Sends the close frame and waits for the peer's, within CloseTimeout; says whether both went through.</summary>
    private async Task<bool> CloseAsync(CloseInfo why, Task<TransportRead> reading)
    {
        using var deadline = new CancellationTokenSource(Options.CloseTimeout, _runtime.TimeProvider);
        var clean = why.Status != CloseStatuses.Abnormal && await ShakeHandsAsync(why, reading, deadline.Token).ConfigureAwait(false);
        if (!clean)
            _transport.Abort();

        _lifetime.CompleteHandshake();
        return clean;
    }

    private async Task<bool> ShakeHandsAsync(CloseInfo why, Task<TransportRead> reading, CancellationToken deadline)
    {
        SendClose(why);
        if (!await _transport.OutputCompletion.CompletesBeforeAsync(deadline).ConfigureAwait(false)
            || !await reading.CompletesBeforeAsync(deadline).ConfigureAwait(false))
        {
            return false;
        }

        var read = await reading.ConfigureAwait(false);
        if (read.Kind == TransportReadKind.Violation)
            await DrainAsync().ConfigureAwait(false);

        return read.Kind == TransportReadKind.Close && await _transport.OutputCompletion.ConfigureAwait(false) is null;
    }

    private void SendClose(CloseInfo why)
    {
        RefuseSends(why);
        lock (_transport.OutputLock)
            _transport.WriteClose((int)why.Status, why.Cause == CloseCause.ClientClosed ? null : why.Reason);

        _transport.FlushNow(); // a handler that blocks in CloseAsync holds back the batch
    }

    private async Task DrainAsync()
    {
        using var deadline = new CancellationTokenSource(DrainTimeout, _runtime.TimeProvider);
        try
        {
            await _transport.DrainAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The peer had its second.
        }
    }

    private void RefuseSends(CloseInfo why)
    {
        if (why.Cause != CloseCause.ClientClosed || _lifetime.Stopping.IsCancellationRequested)
            _sends.Close(() => new(_connection.ConnectionId, why));
    }

    private async Task CallCloseHandlerAsync(CloseInfo why)
    {
        if (_descriptor.OnClose is null)
            return;

        _handlers.TryBegin();
        using var deadline = new CancellationTokenSource(Options.StopTimeout, _runtime.TimeProvider);
        var closing = CallAsync(_descriptor.OnClose);
        if (!await closing.CompletesWithinAsync(2 * Options.StopTimeout, _runtime.TimeProvider).ConfigureAwait(false))
            ConnectionLog.CloseHandlerDidNotReturn(_runtime.Logger, _runtime.Name, _connection.ConnectionId);

        async Task CallAsync(Func<TSelf, CloseInfo, CancellationToken, ValueTask> onClose)
        {
            try
            {
                await onClose(_controller, why, deadline.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (!IsFarewell(e))
            {
                ConnectionLog.CloseHandlerFailed(_runtime.Logger, e, _runtime.Name, _connection.ConnectionId);
            }
            catch (Exception)
            {
                // It sent to the client that is gone, or gave up in time.
            }
        }
    }

    private async Task DisposeControllerAsync()
    {
        try
        {
            await ControllerDisposal.DisposeAsync(_controller).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ConnectionLog.DisposeFailed(_runtime.Logger, e, _runtime.Name, _connection.ConnectionId);
        }
    }

    /// <summary>Disposes the transport when nobody reads from it any more: a handler that blocks for ever keeps the reader, and what it reads from.</summary>
    private async Task DisposeTransportAsync(Task<TransportRead> reading)
    {
        var disposing = DisposeAsync();
        if (_isLeftBehind)
            await disposing.CompletesWithinAsync(DrainTimeout, _runtime.TimeProvider).ConfigureAwait(false);
        else
            await disposing.ConfigureAwait(false);

        async Task DisposeAsync()
        {
            await reading.ConfigureAwait(false);
            try
            {
                await _transport.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                ConnectionLog.TransportDisposeFailed(_runtime.Logger, e, _runtime.Name, _connection.ConnectionId);
            }
        }
    }
}
