using Krait.CompilerServices;
using Krait.Hosting;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>The life of one connection, from the 101 to the end of its controller.</summary>
/// <remarks>
/// One task reads (<c>ControllerSession.Reading.cs</c>), the handlers run one after another (<c>ControllerSession.Handling.cs</c>), [Run] and streams run
/// beside them, and this task waits for the first cause of the end and carries it out (<c>ControllerSession.Ending.cs</c>).
/// </remarks>
internal sealed partial class ControllerSession<TSelf, TReceive, TSend> : IStoppableConnection
    where TSelf : class
{
    private readonly ControllerRuntime<TSelf, TReceive, TSend> _runtime;
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly MessageTransport _transport;
    private readonly TSelf _controller;
    private readonly Func<TSelf, WebSocketConnection<TSend>, ValueTask>? _onOpen;
    private readonly ConnectionCodecs<TReceive, TSend> _codecs;
    private readonly ConnectionLifetime _lifetime;
    private readonly SendBuffer<TSend> _sends;
    private readonly ReplyStreams _streams;
    private readonly ReceiveBudget _budget;
    private readonly ReceiveQueue<TReceive>? _queue;
    private readonly HandlerSequence<QueuedWork> _handlers = new();
    private readonly WebSocketConnection<TSend> _connection;

    /// <summary>Prepares the life of a connection.</summary>
    /// <param name="runtime">What is the same for every connection of the controller type.</param>
    /// <param name="transport">The upgraded connection; the session disposes it.</param>
    /// <param name="request">The request that was upgraded.</param>
    /// <param name="protocol">The agreed subprotocol, or null.</param>
    /// <param name="controller">The controller; the session disposes it.</param>
    /// <param name="onOpen">Calls [OnOpen] with the parameters that were bound before the upgrade; null if there is none.</param>
    public ControllerSession(
        ControllerRuntime<TSelf, TReceive, TSend> runtime,
        MessageTransport transport,
        UpgradeRequest request,
        string? protocol,
        TSelf controller,
        Func<TSelf, WebSocketConnection<TSend>, ValueTask>? onOpen)
    {
        _runtime = runtime;
        _descriptor = runtime.Descriptor;
        _transport = transport;
        _controller = controller;
        _onOpen = onOpen;
        _budget = new(runtime.ReceiveQueueCapacity, runtime.ReceiveBufferSize);
        _queue = _descriptor.Delivery == MessageDelivery.Queue ? new(_budget) : null;
        _lifetime = new(runtime.Logger);
        _codecs = runtime.Codecs.Of(protocol);
        _sends = new(transport, _codecs.Encoder, runtime.SendBufferSize, _descriptor.IsUncompressed);
        _streams = new(runtime.MaxStreams, FailBesideAsync, _lifetime.Stopping);
        _connection = new(request, protocol, transport, _lifetime, runtime.TimeProvider, _sends, _streams);
        _lifetime.OnEnding(OnEnding);
        transport.OutputAdvanced = _sends.Advance;
    }

    private KraitOptions Options => _runtime.Options;

    /// <summary>Serves the connection until nothing of it is left.</summary>
    public async Task RunAsync()
    {
        ConnectionLog.Opened(_runtime.Logger, _runtime.Name, _connection.ConnectionId, _connection.Protocol);
        var attached = TryAttach();
        _runtime.Connections.Add(this);
        try
        {
            _ = WatchOutputAsync();
            var opening = attached ? OpenAsync() : NotOpened;
            var reading = ReadAsync();
            var running = RunBesideAsync(opening);
            await EndAsync(await _lifetime.Ending.ConfigureAwait(false), reading, running).ConfigureAwait(false);
        }
        finally
        {
            _runtime.Connections.Remove(this);
            _lifetime.Complete();
        }
    }

    /// <inheritdoc/>
    public void StopForHost() => _lifetime.TryEnd(new(CloseStatuses.GoingAway, "The server is stopping.", CloseCause.HostStopping));

    /// <summary>Gives the controller its connection; a controller that does not take it fails as one whose [OnOpen] throws.</summary>
    private bool TryAttach()
    {
        try
        {
            _descriptor.Attach(_controller, _connection, _queue!);
            return true;
        }
        catch (Exception e)
        {
            ConnectionLog.HandlerFailed(_runtime.Logger, e, _runtime.Name, _connection.ConnectionId);
            _lifetime.TryEnd(Failed(e));
            return false;
        }
    }

    private async Task WatchOutputAsync()
    {
        if (await _transport.OutputCompletion.ConfigureAwait(false) is { } cause)
            _lifetime.TryEnd(new(CloseStatuses.Abnormal, null, cause));
    }
}
