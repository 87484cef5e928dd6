using System.Diagnostics;
using System.Net.WebSockets;
using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>The life of one connection, from the 101 to the end of its controller.</summary>
/// <remarks>
/// One task reads (<see cref="MessageReading"/>). Handlers run one after another (<see cref="HandlerTurns"/>); [Run] and streams
/// run next to them. This task waits for the first cause of the end and carries it out (<see cref="SessionEnd"/>).
/// <see cref="ConnectionLifetime"/> knows the phase of the connection.
/// </remarks>
internal sealed class ConnectionSession : IStoppableConnection, IEndingConnection, IReplyStreams, ILostHandler, IPresenceHandler
{
    private static readonly Task<bool> Opened = Task.FromResult(true);
    private static readonly Task<bool> NotOpened = Task.FromResult(false);

    private readonly EndpointSettings _settings;
    private readonly MessageTransport _transport;
    private readonly ConnectionScope? _scope;
    private readonly HandlerTable _handlers;
    private readonly ConnectionLifetime _lifetime;
    private readonly ConnectionLog _log;
    private readonly HandlerTurns _turns = new();
    private readonly HandlerCalls _calls;
    private readonly MessageReading _reading;
    private readonly IMessageDelivery _delivery;
    private ReplyStreams? _streams;
    private SessionExpiration? _expiration;
    private SessionDrain? _drain;

    /// <summary>Prepares the life of a connection.</summary>
    /// <param name="settings">The settings of its endpoint.</param>
    /// <param name="transport">The upgraded connection, which is disposed at the end.</param>
    /// <param name="scope">Its services, which are disposed at the end; null if it uses none.</param>
    /// <param name="handlers">Its controller, which is disposed at the end.</param>
    /// <param name="budget">How many received messages may wait, and how many bytes of them.</param>
    /// <param name="lifetime">Its phase.</param>
    /// <param name="rates">How many messages it may send; null if nothing limits them.</param>
    public ConnectionSession(
        EndpointSettings settings,
        MessageTransport transport,
        ConnectionScope? scope,
        HandlerTable handlers,
        ReceiveBudget budget,
        ConnectionLifetime lifetime,
        RateGate? rates = null)
    {
        _settings = settings;
        _transport = transport;
        _scope = scope;
        _handlers = handlers;
        _lifetime = lifetime;
        _log = new(settings.Logger, settings.Name, handlers.Connection.ConnectionId);
        _calls = new(handlers, _turns, lifetime, _log, handlers.Connection.HttpContext.RequestAborted);
        _delivery = handlers.Queue is null
            ? new EventDelivery(handlers, _calls, _turns, budget, transport, lifetime)
            : new QueueDelivery(handlers, _calls, _turns, budget, lifetime);
        if (rates is not null)
            _delivery = Rated(_delivery, rates);

        _reading = new(transport, _delivery, lifetime, _log);
        handlers.Connection.Streams = this;
        handlers.Connection.LostHandler = handlers.HasOnLost ? this : null;
        handlers.Connection.PresenceHandler = handlers.PresenceMember is null ? null : this;
        lifetime.TellFirst(this);
    }

    /// <summary>Serves the connection until it has ended and everything is disposed.</summary>
    public async Task RunAsync()
    {
        LeaveRequest();
        var opened = _settings.TimeProvider.GetTimestamp();
        var isCounted = false;
        CloseInfo? closed = null;
        try
        {
            isCounted = _settings.Telemetry.Opened(Connection.Protocol);
            _log.Opened(Connection.Protocol);
            ExpireLater();
            _settings.Connections.Add(this);
            closed = await ServeAsync().ConfigureAwait(false);
        }
        finally
        {
            Connection.UpgradeRequest.End();
            _settings.Connections.Remove(this);
            _lifetime.Complete();
            _expiration?.End();
            _settings.Telemetry.Closed(Connection.Protocol, closed, _settings.TimeProvider.GetElapsedTime(opened), isCounted);
        }
    }

    /// <inheritdoc/>
    public WebSocketConnection Connection => _handlers.Connection;

    /// <inheritdoc/>
    public void StopForHost()
    {
        if (Volatile.Read(ref _drain) is { HasBegun: true } drain)
            drain.End();
        else
            _lifetime.TryEnd(new(WebSocketCloseStatus.EndpointUnavailable, "The server is stopping.", CloseCause.HostStopping));
    }

    /// <inheritdoc/>
    public void Drain(DrainInfo info)
    {
        var drain = new SessionDrain(_settings, _handlers, _calls, _lifetime, info);

        // Both sides read after a barrier, so either this sees that the connection is open, or Open sees the drain.
        if (Interlocked.CompareExchange(ref _drain, drain, null) is null && !_lifetime.IsOpening)
            drain.Begin();
    }

    void IReplyStreams.Start(Func<ValueTask> stream)
    {
        var streams = Volatile.Read(ref _streams)
            ?? Interlocked.CompareExchange(ref _streams, new(_settings.MaxStreams, _calls), null)
            ?? _streams;
        streams.Start(stream);
    }

    void IEndingConnection.BeginEnding(CloseInfo why, EndPlan plan)
    {
        if (plan.Sends == LateSends.Refuse)
            _handlers.Sends.Close(() => new(_handlers.Connection.ConnectionId, why));
        else if (plan.Sends == LateSends.Discard)
            _handlers.Sends.Discard();

        _reading.ConnectionEnds();
        if (plan.Sends != LateSends.Keep)
            _handlers.Connection.LeaveRooms();
    }

    void ILostHandler.HandleLost(LostGap gap) => _turns.Perform(WaitingWork.Call(async () =>
    {
        // the caller may be sending, and the handler may block
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (gap.Matters && !_lifetime.DropsLine)
                await _calls.CallAsync(HandlerKind.OnLost, () => _handlers.CallOnLostAsync(gap.Lost)).ConfigureAwait(false);
        }
        finally
        {
            gap.Close();
        }
    }));

    Type IPresenceHandler.Member => _handlers.PresenceMember!;

    void IPresenceHandler.HandlePresence(PresenceSeat seat) => _turns.Perform(WaitingWork.Call(async () =>
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the handler may block
        if (!_lifetime.DropsLine && seat.TakeChange() is { } change)
            await _calls.CallAsync(HandlerKind.OnPresence, () => _handlers.CallOnPresenceAsync(change)).ConfigureAwait(false);
    }));

    private RatedDelivery Rated(IMessageDelivery delivery, RateGate rates) => new(
        delivery,
        rates,
        new(rates, _calls, _turns, _lifetime, _log, _settings.Telemetry),
        _lifetime,
        new(_settings.ReceiveQueueCapacity, _settings.ReceiveBufferSize),
        _settings.TimeProvider);

    /// <summary>Calls [OnOpen] and returns whether it succeeded. Meanwhile, messages wait in line.</summary>
    private Task<bool> OpenAsync()
    {
        if (!Try(_handlers.Attach))
            return NotOpened;

        var rooms = _handlers.RoomsReady;
        if (!rooms.IsCompleted)
        {
            _turns.TryBegin();
            return OpenWhenReadyAsync(rooms);
        }

        if (_handlers.HasOnOpen || _handlers.HasRooms)
            _turns.TryBegin(); // rooms must not call a handler before the connection is open

        if (!Try(_handlers.JoinRooms))
        {
            _turns.Pass();
            return NotOpened;
        }

        if (_handlers.HasOnOpen)
            return CallOnOpenAsync();

        Open();
        if (_handlers.HasRooms)
            _turns.Pass();

        return Opened;
    }

    /// <summary>Ends the request's span and its duration: the connection is not part of them.</summary>
    private void LeaveRequest()
    {
        _settings.Telemetry.Upgraded(Connection.HttpContext);
        if (Activity.Current is { } upgrade)
            Connection.UpgradeSpan = [new(upgrade.Context)];

        Activity.Current = null; // else every message would be part of the request's activity
    }

    /// <summary>Serves the connection until it has ended. Returns how.</summary>
    private async Task<CloseInfo> ServeAsync()
    {
        var opening = OpenAsync();
        var reading = _reading.RunAsync();
        _transport.OutputCompletion.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(
            () => _ = EndForOutputAsync(reading));
        var running = RunBesideAsync(opening);
        var why = await _lifetime.Ending.ConfigureAwait(false);
        return await EndOf(reading, running).RunAsync(why).ConfigureAwait(false);
    }

    /// <summary>Ends the connection when the authentication of its user expires, if the options say so.</summary>
    private void ExpireLater()
    {
        if (_settings is { Options.CloseOnAuthenticationExpiration: true, Expirations: { } expirations })
            _expiration = new(_settings, expirations, _handlers, _calls, _lifetime);
    }

    private void Open()
    {
        _lifetime.Open();
        _handlers.Connection.AdvanceRooms();
        Volatile.Read(ref _drain)?.Begin();
        _expiration?.Opened();
    }

    /// <summary>Opens the connection when its rooms hear the other servers, or after a time-out.</summary>
    private async Task<bool> OpenWhenReadyAsync(Task rooms)
    {
        await rooms.WaitAsync(BackplaneHub.CallTimeout, _settings.TimeProvider, _lifetime.Stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var joined = Try(_handlers.JoinRooms);
        if (joined && _handlers.HasOnOpen)
            return await CallOnOpenAsync().ConfigureAwait(false);

        if (joined)
            Open();

        _turns.Pass();
        return joined;
    }

    /// <summary>Does a step of the opening. If it throws, the connection fails as if [OnOpen] had thrown.</summary>
    private bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception e)
        {
            _lifetime.FailOpening(HandlerCalls.Failed(e));
            _log.HandlerFailed(e);
            return false;
        }
    }

    private async Task<bool> CallOnOpenAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // it may block
        try
        {
            var opened = await _calls.CallAsync(HandlerKind.OnOpen, _handlers.CallOnOpenAsync).ConfigureAwait(false);
            if (opened)
                Open();
            else
                _lifetime.FailOpening(Lost);

            return opened;
        }
        finally
        {
            _turns.Pass();
        }
    }

    /// <summary>Runs [Run] next to the handlers.</summary>
    private async Task RunBesideAsync(Task<bool> opening)
    {
        if (!_handlers.HasRun || !await opening.ConfigureAwait(false) || _lifetime.IsLeftBehind)
            return;

        var returned = await (_handlers.RunOwnsThread ? OnOwnThreadAsync() : Task.Run(CallRunAsync)).ConfigureAwait(false);
        if (!returned)
            _lifetime.TryEnd(Lost); // [Run] noticed the aborted request before the reader did
        else if (_handlers.Queue is not null)
            _lifetime.TryEnd(new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed));
    }

    private Task<bool> CallRunAsync() => _calls.CallAsync(HandlerKind.Run, _handlers.CallRunAsync).AsTask();

    private Task<bool> OnOwnThreadAsync()
    {
        var returned = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                returned.SetResult(CallRunAsync().GetAwaiter().GetResult());
            }
            catch (Exception e)
            {
                returned.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = $"{_settings.Name} [Run]",
        };
        thread.Start();
        return returned.Task;
    }

    private async Task EndForOutputAsync(Task<TransportRead> reading)
    {
        if (await _transport.OutputCompletion.ConfigureAwait(false) is not { } cause)
            return;

        // Still read and handle the messages that the client sent before. The end of the reading ends the connection.
        if (cause == CloseCause.ConnectionLost)
            await reading.CompletesWithinAsync(_settings.Options.CloseTimeout, _settings.TimeProvider).ConfigureAwait(false);

        _lifetime.TryEnd(new(CloseFrame.Abnormal, null, cause) { Error = _transport.Lost?.Error });
    }

    /// <summary>
    /// Completes when no code of the controller runs any more. The order matters, because each may start the next.
    /// </summary>
    private async Task ReturnAsync(Task running)
    {
        await _reading.LineCompleted.ConfigureAwait(false);
        await _delivery.WhenLineEmpty(running).ConfigureAwait(false); // messages may wait for a limit, not for a turn
        await running.ConfigureAwait(false);
        await _turns.WhenIdle().ConfigureAwait(false);
        if (Volatile.Read(ref _streams) is { } streams)
            await streams.WhenIdle().ConfigureAwait(false);

        _handlers.Connection.LeaveRooms(); // else a room could call [OnLost] during [OnClose]
        await _turns.WhenIdle().ConfigureAwait(false);
    }

    private SessionEnd EndOf(Task<TransportRead> reading, Task running)
    {
        var returned = ReturnAsync(running);
        return new(_settings, _handlers, _lifetime, _log, _calls)
        {
            Handshake = new(_settings, _transport, _handlers, _lifetime, reading, returned),
            Line = new(_settings, _reading, _delivery, running),
            Returned = returned,
            Transport = new(_transport, reading),
            Scope = _scope,
        };
    }

    private static CloseInfo Lost => new(CloseFrame.Abnormal, null, CloseCause.ConnectionLost);
}
