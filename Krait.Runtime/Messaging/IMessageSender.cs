namespace Krait;

/// <summary>What others hold to talk to a client. Thread-safe.</summary>
/// <typeparam name="TSend">What can be sent.</typeparam>
public interface IMessageSender<in TSend>
{
    /// <summary>Names the connection: unique, and never a credential.</summary>
    string ConnectionId { get; }

    /// <summary>Fires when the connection is going away.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Sends a message, first come first served; waits while the send buffer is full.</summary>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> fired while the message waited; it will not be sent.
    /// </exception>
    ValueTask SendAsync(TSend message, CancellationToken cancellationToken = default);

    /// <summary>Sends a message if that needs no waiting.</summary>
    /// <returns>False when the send buffer is full, when others wait, or when the connection is closed.</returns>
    bool TrySend(TSend message);
}
