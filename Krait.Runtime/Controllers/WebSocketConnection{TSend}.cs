using Krait.Controllers;
using Krait.Messaging;
using Krait.Transport;

namespace Krait;

/// <summary>A WebSocket connection and what can be sent on it. Thread-safe.</summary>
/// <typeparam name="TSend">What can be sent.</typeparam>
public sealed class WebSocketConnection<TSend> : WebSocketConnection, IMessageSender<TSend>, IEncodedSender
{
    private readonly SendBuffer<TSend> _sends;
    private readonly ReplyStreams _streams;

    internal WebSocketConnection(
        UpgradeRequest request, string? protocol, MessageTransport transport, ConnectionLifetime lifetime, TimeProvider time, SendBuffer<TSend> sends, ReplyStreams streams)
        : base(request, protocol, transport, lifetime, time)
    {
        _sends = sends;
        _streams = streams;
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(TSend message, CancellationToken cancellationToken = default) => _sends.SendAsync(message, cancellationToken);

    /// <inheritdoc/>
    public bool TrySend(TSend message) => _sends.TrySend(message);

    ValueTask IEncodedSender.SendAsync(IEncodedMessage message, CancellationToken cancellationToken) => _sends.SendAsync(message, Protocol, cancellationToken);

    bool IEncodedSender.TrySend(IEncodedMessage message) => _sends.TrySend(message, Protocol);

    /// <summary>Sends what a handler returned; a connection that is closed discards it.</summary>
    internal ValueTask ReplyAsync(TSend message)
    {
        var sending = _sends.SendAsync(message, CancellationToken.None);
        return sending.IsCompletedSuccessfully ? default : Awaited(sending);
    }

    /// <summary>Starts a stream that goes on by itself; completes when there was a place for it.</summary>
    internal ValueTask StartStreamAsync<TReply>(IAsyncEnumerable<TReply> replies)
        where TReply : TSend? => _streams.StartAsync(() => SendAllAsync(replies).AsTask());

    /// <summary>Sends all that a stream yields while it can reach the client.</summary>
    internal async ValueTask SendAllAsync<TReply>(IAsyncEnumerable<TReply> messages)
        where TReply : TSend?
    {
        await foreach (var message in messages.WithCancellation(Stopping).ConfigureAwait(false))
        {
            if (message is not null)
                await ReplyAsync(message).ConfigureAwait(false);

            if (!_sends.IsOpen)
                return;
        }
    }

    private async ValueTask Awaited(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (ConnectionClosedException e) when (e.ConnectionId == ConnectionId)
        {
            // The handler answered a client that is gone.
        }
    }
}
