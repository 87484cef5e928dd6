namespace Krait;

/// <summary>Sends messages to one client, for code outside of its controller. Thread-safe.</summary>
/// <typeparam name="TSend">The type of the messages.</typeparam>
public interface IMessageSender<in TSend>
{
    /// <summary>A unique id of the connection. It is not a secret, so do not use it as a credential.</summary>
    string ConnectionId { get; }

    /// <summary>A token that is cancelled when the connection is closing.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Sends a message. Waits while the send buffer is full; messages that wait keep their order.</summary>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled while the message waited. Krait does not send it.
    /// </exception>
    ValueTask SendAsync(TSend message, CancellationToken cancellationToken = default);

    /// <summary>Sends a message if it does not have to wait.</summary>
    /// <returns>False if the send buffer is full, if other messages wait, or if the connection is closed.</returns>
    bool TrySend(TSend message);
}
