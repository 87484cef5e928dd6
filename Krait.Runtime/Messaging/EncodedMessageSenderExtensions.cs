using Krait.Messaging;

namespace Krait;

/// <summary>Sends messages that Krait encodes once.</summary>
/// <remarks>
/// A sender that does not come from Krait, such as a fake in a test, gets the message itself. These are extension methods,
/// because overloads would make <c>SendAsync(new(1))</c> ambiguous.
/// </remarks>
public static class EncodedMessageSenderExtensions
{
    /// <summary>Sends a message. Waits while the send buffer is full; messages that wait keep their order.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The message consists of bytes, and they are for another subprotocol or the sender does not come from Krait.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled while the message waited. Krait does not send it.
    /// </exception>
    public static ValueTask SendAsync<TSend>(
        this IMessageSender<TSend> sender, Encoded<TSend> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        return sender is IEncodedSender connection
            ? connection.SendAsync(message, cancellationToken)
            : sender.SendAsync(message.Message, cancellationToken);
    }

    /// <summary>Sends a message if it does not have to wait.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="message">The message.</param>
    /// <returns>False if the send buffer is full, if other messages wait, or if the connection is closed.</returns>
    /// <exception cref="InvalidOperationException">
    /// The message consists of bytes, and they are for another subprotocol or the sender does not come from Krait.
    /// </exception>
    public static bool TrySend<TSend>(this IMessageSender<TSend> sender, Encoded<TSend> message)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        return sender is IEncodedSender connection ? connection.TrySend(message) : sender.TrySend(message.Message);
    }
}
