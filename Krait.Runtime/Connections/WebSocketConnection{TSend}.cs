using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Transport;

namespace Krait;

/// <summary>A WebSocket connection that sends messages of one type. Thread-safe.</summary>
/// <typeparam name="TSend">The type of sent messages.</typeparam>
public sealed class WebSocketConnection<TSend>
    : WebSocketConnection, IMessageSender<TSend>, IEncodedSender, IRoomConnection, IOutputObserver
{
    private readonly SendBuffer<TSend> _sends;

    internal WebSocketConnection(
        UpgradeRequest request,
        string? protocol,
        MessageTransport transport,
        ConnectionLifetime lifetime,
        TimeProvider time,
        SendBuffer<TSend> sends)
        : base(request, protocol, transport, lifetime, time) =>
        _sends = sends;

    internal override bool CountsSent => _sends.Counts || _sends.Traffic is not null;

    /// <inheritdoc/>
    public ValueTask SendAsync(TSend message, CancellationToken cancellationToken = default)
    {
        CatchUpWithRooms();
        return _sends.SendAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public bool TrySend(TSend message)
    {
        CatchUpWithRooms();
        return _sends.TrySend(message);
    }

    /// <summary>Sends a message if it does not have to wait; else returns the reason.</summary>
    /// <param name="message">The message.</param>
    /// <param name="failure">Why the message was not sent; <see cref="SendFailure.None"/> if it was.</param>
    /// <returns>Whether the message was sent.</returns>
    public bool TrySend(TSend message, out SendFailure failure)
    {
        var isSent = TrySend(message);
        failure = isSent ? SendFailure.None : _sends.IsOpen ? SendFailure.Full : SendFailure.Closed;
        return isSent;
    }

    RoomOutlet IRoomConnection.Outlet => Rooms;

    object? IRoomConnection.Rules => _sends.Rules;

    internal override int SendBufferSize => _sends.Capacity;

    internal override bool TakesSends => _sends.IsOpen;

    private protected override RoomCodec RoomCodec => new(_sends.Encoder, Protocol, _sends.Rules);

    void IOutputObserver.OutputAdvanced()
    {
        _sends.OutputAdvanced();
        AdvanceRooms();
    }

    ValueTask IEncodedSender.SendAsync(IEncodedMessage message, CancellationToken cancellationToken)
    {
        CatchUpWithRooms();
        return _sends.SendAsync(message, Protocol, cancellationToken);
    }

    bool IEncodedSender.TrySend(IEncodedMessage message)
    {
        CatchUpWithRooms();
        return _sends.TrySend(message, Protocol);
    }

    /// <summary>Sends the reply of a handler. If the connection is closed, it is discarded.</summary>
    internal ValueTask ReplyAsync(TSend message) => SendOrDiscardAsync(message, isReply: true);

    /// <summary>Starts a stream that runs on its own; its first message keeps its place among the replies.</summary>
    /// <exception cref="TooManyStreamsException">The maximum number of streams already runs.</exception>
    internal ValueTask StartStreamAsync<TReply>(IAsyncEnumerable<TReply> replies)
        where TReply : TSend?
    {
        Streams.Start(() => SendAllAsync(replies));
        return default;
    }

    /// <summary>Sends the items of a stream until they can no longer reach the client.</summary>
    internal async ValueTask SendAllAsync<TReply>(IAsyncEnumerable<TReply> messages)
        where TReply : TSend?
    {
        var isFirst = true;
        await foreach (var message in messages.WithCancellation(Stopping).ConfigureAwait(false))
        {
            if (message is not null)
                await SendOrDiscardAsync(message, isReply: false).ConfigureAwait(false);

            if (!_sends.IsOpen)
                return;

            // A stream that computes for long must not delay the next message.
            if (isFirst)
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

            isFirst = false;
        }
    }

    private ValueTask SendOrDiscardAsync(TSend message, bool isReply)
    {
        CatchUpWithRooms();
        var sending = _sends.SendAsync(message, CancellationToken.None, isReply);
        return sending.IsCompletedSuccessfully ? default : Awaited(sending);
    }

    private async ValueTask Awaited(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (ConnectionClosedException e) when (e.ConnectionId == ConnectionId)
        {
            // The client has gone before the reply.
        }
    }

    internal override void CountSent(IEncodedMessage message, in OutputSegment segment)
    {
        _sends.CountEncoded(message, segment.Length);
        _sends.Traffic?.SentByRoom(message, segment.Shared!);
    }
}
