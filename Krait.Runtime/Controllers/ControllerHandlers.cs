using System.Diagnostics;
using System.Net.WebSockets;
using Krait.CompilerServices;
using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Telemetry;

namespace Krait.Controllers;

/// <summary>
/// The handlers of one controller instance: the generated glue with the controller, its connection and its codecs in place.
/// </summary>
internal sealed class ControllerHandlers<TSelf, TReceive, TSend> : HandlerTable
    where TSelf : class
{
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly ConnectionCodecs<TReceive, TSend> _codecs;
    private readonly TSelf _controller;
    private readonly Func<TSelf, WebSocketConnection<TSend>, ValueTask>? _onOpen;
    private readonly IReadOnlyList<object> _rooms;
    private readonly Resumption? _resumption;
    private readonly ReceiveQueue<TReceive>? _queue;
    private readonly SendBuffer<TSend> _sends;
    private readonly WebSocketConnection<TSend> _connection;
    private readonly MessageTelemetry<TReceive> _received;
    private readonly ReceivedTraffic<TReceive>? _traffic; // null if it is not logged

    public ControllerHandlers(
        ControllerDescriptor<TSelf, TReceive, TSend> descriptor,
        ConnectionCodecs<TReceive, TSend> codecs,
        EndpointSettings settings,
        Upgraded<TSelf, TSend> upgraded,
        ReceiveBudget budget,
        ConnectionLifetime lifetime,
        MessageTelemetry<TReceive> received,
        MessageTelemetry<TSend> sent,
        EndpointTraffic<TSelf, TReceive, TSend> traffic)
    {
        _received = received;
        _descriptor = descriptor;
        _codecs = codecs;
        _controller = upgraded.Controller;
        _onOpen = upgraded.OnOpen;
        _rooms = upgraded.Rooms;
        _resumption = upgraded.Resumption;
        _queue = descriptor.Delivery == MessageDelivery.Queue ? new(budget) : null;
        _sends = new(upgraded.Transport, codecs.Encoder, settings.SendBufferSize, descriptor.SendRules, sent);
        _connection = new(
            upgraded.Request,
            upgraded.Protocol,
            upgraded.Transport,
            lifetime,
            settings.TimeProvider,
            _sends)
        {
            Scopes = settings.Scopes,
        };
        upgraded.Transport.OutputObserver = _connection;
        if (traffic.Begin(_connection.ConnectionId) is { } log)
        {
            _traffic = traffic.Received(log, codecs);
            _sends.Traffic = traffic.Sent(log, codecs);
        }
    }

    public override bool HasOnOpen => _onOpen is not null;

    public override bool HasOnClose => _descriptor.OnClose is not null;

    public override bool HasRun => _descriptor.Run is not null;

    public override bool RunOwnsThread => _descriptor.RunOwnsThread;

    public override object Controller => _controller;

    public override WebSocketConnection Connection => _connection;

    public override IEndingSends Sends => _sends;

    public override IReceiveQueue? Queue => _queue;

    public override bool HasOnLost => _descriptor.OnLost is not null;

    public override Type? PresenceMember => _descriptor.OnPresence is null ? null : _descriptor.Members?.Member;

    public override bool HasOnDrain => _descriptor.OnDrain is not null;

    public override bool HasOnExpiring => _descriptor.OnExpiring is not null;

    public override bool HasRooms => _rooms.Count > 0;

    public override Task RoomsReady
    {
        get
        {
            if (_rooms.Count == 0)
                return Task.CompletedTask;

            var ready = _rooms.OfType<Room<TSend>>().Select(static room => room.WhenReady());
            return Task.WhenAll(ready.Where(static ready => !ready.IsCompleted));
        }
    }

    public override void Attach() => _descriptor.Attach(_controller, _connection, _queue!);

    public override void JoinRooms()
    {
        foreach (var room in _rooms)
        {
            if (room is Room<TSend> own)
                own.Enter(_connection, _resumption);
            else
                ((IRoom<TSend>)room).Join(_connection);
        }
    }

    public override ValueTask CallOnLostAsync(LostMessages lost) => _descriptor.OnLost!(_controller, lost, _connection);

    public override ValueTask CallOnPresenceAsync(object change) =>
        _descriptor.OnPresence!(_controller, change, _connection);

    public override ValueTask CallOnDrainAsync(DrainInfo info) => _descriptor.OnDrain!(_controller, info, _connection);

    public override ValueTask CallOnExpiringAsync(ExpirationInfo info) =>
        _descriptor.OnExpiring!(_controller, info, _connection);

    public override ValueTask CallOnOpenAsync() => _onOpen!(_controller, _connection);

    public override ValueTask CallRunAsync() => _descriptor.Run!(_controller, _queue!, _connection);

    public override ValueTask CallOnCloseAsync(CloseInfo why, CancellationToken cancellationToken) =>
        _descriptor.OnClose!(_controller, why, cancellationToken);

    public override ValueTask? CallOnErrorAsync(Exception error, object? message) =>
        _descriptor.OnError?.Invoke(_controller, error, message, _connection);

    public override bool Borrows(WebSocketMessageType type) => _codecs.Borrows || IsForOnBinary(type);

    public override Type? TypeOf(WebSocketMessageType type, ReadOnlyMemory<byte> payload) =>
        IsForOnBinary(type) ? null : _codecs.TypeOf(new(type, payload, _connection.Protocol));

    public override void Enqueue(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        if (_received.Counts || _traffic is not null)
            EnqueueObserved(type, payload);
        else
            _queue!.Write(Decode(type, payload), payload.Length);
    }

    public override ValueTask<bool> HandleAsync(HandlerCalls calls, WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        if ((_received.IsOn || _traffic is not null) && _descriptor.OnMessage is not null)
            return HandleObservedAsync(calls, type, payload);

        if (IsForOnBinary(type))
            return CallAsync(calls, _descriptor.OnBinary!, new RawMessage(type, payload));

        if (_descriptor.OnMessage is not { } onMessage)
        {
            _connection.Lifetime.TryEnd(
                new(WebSocketCloseStatus.InvalidMessageType, "No messages are accepted.", CloseCause.InvalidMessage));
            return new(false);
        }

        TReceive message;
        try
        {
            message = Decode(type, payload);
        }
        catch (Exception e)
        {
            var error = InvalidMessages.Of(e);
            return calls.FailAsync(HandlerKind.OnMessage, error, (error as InvalidMessageException)?.Partial);
        }

        return CallAsync(calls, onMessage, message);
    }

    private bool IsForOnBinary(WebSocketMessageType type) =>
        type == WebSocketMessageType.Binary && _descriptor.OnBinary is not null;

    private TReceive Decode(WebSocketMessageType type, ReadOnlyMemory<byte> payload) =>
        _codecs.Decoder.Decode(new(type, payload, _connection.Protocol));

    private void EnqueueObserved(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        TReceive message;
        try
        {
            message = Decode(type, payload);
        }
        catch
        {
            _received.Count(-1, payload.Length);
            _traffic?.Unreadable(payload.Length);
            throw;
        }

        _received.Count(_received.CaseOf(message), payload.Length);
        _traffic?.Message(message, type, payload);
        _queue!.Write(message, payload.Length);
    }

    /// <summary>Does the same as <see cref="HandleAsync"/>, and also counts, traces and logs.</summary>
    private ValueTask<bool> HandleObservedAsync(HandlerCalls calls, WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        var since = _received.Now;
        if (IsForOnBinary(type))
        {
            _received.Count(-1, payload.Length);
            _traffic?.Binary(payload);
            return CallObservedAsync(calls, _descriptor.OnBinary!, new RawMessage(type, payload), -1, since);
        }

        TReceive message;
        try
        {
            message = Decode(type, payload);
        }
        catch (Exception e)
        {
            var error = InvalidMessages.Of(e);
            _received.Count(-1, payload.Length);
            _received.Handled(-1, since, error);
            _traffic?.Unreadable(payload.Length);
            return calls.FailAsync(HandlerKind.OnMessage, error, (error as InvalidMessageException)?.Partial);
        }

        var index = _received.CaseOf(message);
        _received.Count(index, payload.Length);
        _traffic?.Message(message, type, payload);
        return CallObservedAsync(calls, _descriptor.OnMessage!, message, index, since);
    }

    private ValueTask<bool> CallObservedAsync<TMessage>(
        HandlerCalls calls,
        Func<TSelf, TMessage, WebSocketConnection<TSend>, ValueTask> handler,
        TMessage message,
        int index,
        long since)
    {
        if (!calls.MayCall(HandlerKind.OnMessage))
            return new(false);

        if (_received.CreateSpan(index, message, _connection.UpgradeSpan) is { } span)
            return CallTracedAsync(calls, handler, message, index, since, span);

        ValueTask calling;
        try
        {
            calling = handler(_controller, message, _connection);
        }
        catch (Exception e)
        {
            _received.Handled(index, since, e);
            return calls.FailAsync(HandlerKind.OnMessage, e, message);
        }

        if (!calling.IsCompletedSuccessfully)
            return AwaitObservedAsync(calls, calling, message, index, since);

        _received.Handled(index, since, error: null);
        return new(true);
    }

    private async ValueTask<bool> AwaitObservedAsync<TMessage>(
        HandlerCalls calls, ValueTask calling, TMessage message, int index, long since)
    {
        try
        {
            await calling.ConfigureAwait(false);
            _received.Handled(index, since, error: null);
            return true;
        }
        catch (Exception e)
        {
            _received.Handled(index, since, e);
            return await calls.FailAsync(HandlerKind.OnMessage, e, message).ConfigureAwait(false);
        }
    }

    // An async method, so that the span is that of the handler and of nothing after it.
    private async ValueTask<bool> CallTracedAsync<TMessage>(
        HandlerCalls calls,
        Func<TSelf, TMessage, WebSocketConnection<TSend>, ValueTask> handler,
        TMessage message,
        int index,
        long since,
        Activity unstarted)
    {
        using var span = unstarted.Start();
        try
        {
            await handler(_controller, message, _connection).ConfigureAwait(false);
            _received.Handled(index, since, error: null);
            return true;
        }
        catch (Exception e)
        {
            _received.Handled(index, since, e);
            MessageTelemetry<TReceive>.Fail(span, e);
            return await calls.FailAsync(HandlerKind.OnMessage, e, message).ConfigureAwait(false);
        }
    }

    // HandlerCalls sees only the calls that do not end at once: a generic call of it would cost each message 10 ns.
    private ValueTask<bool> CallAsync<TMessage>(
        HandlerCalls calls, Func<TSelf, TMessage, WebSocketConnection<TSend>, ValueTask> handler, TMessage message)
    {
        if (!calls.MayCall(HandlerKind.OnMessage))
            return new(false);

        ValueTask calling;
        try
        {
            calling = handler(_controller, message, _connection);
        }
        catch (Exception e)
        {
            return calls.FailAsync(HandlerKind.OnMessage, e, message);
        }

        return calling.IsCompletedSuccessfully ? new(true) : calls.AwaitAsync(HandlerKind.OnMessage, calling, message);
    }
}
