namespace Krait;

/// <summary>A WebSocket connection and what can be sent on it. Thread-safe.</summary>
/// <typeparam name="TSend">What can be sent.</typeparam>
public sealed class WebSocketConnection<TSend> : WebSocketConnection, IMessageSender<TSend>
{
    internal WebSocketConnection()
    {
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(TSend message, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool TrySend(TSend message) => throw new NotImplementedException();

    internal ValueTask ReplyAsync(TSend message) => throw new NotImplementedException();

    internal ValueTask StartStreamAsync<TReply>(IAsyncEnumerable<TReply> replies)
        where TReply : TSend? => throw new NotImplementedException();

    internal ValueTask SendAllAsync<TReply>(IAsyncEnumerable<TReply> messages)
        where TReply : TSend? => throw new NotImplementedException();
}
