using Krait.Messaging;

namespace Krait;

/// <summary>Sends messages that are encoded once.</summary>
/// <remarks>
/// A sender that is not Krait's, such as one of a test, gets the message itself. These are extensions, because overloads
/// would make <c>SendAsync(new(1))</c> ambiguous.
/// </remarks>
public static class EncodedMessageSenderExtensions
{
    /// <summary>Sends a message, first come first served; waits while the send buffer is full.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The message consists of bytes for another subprotocol, or of bytes and the sender is not Krait's.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> was cancelled while the message waited; it will not be sent.
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
    /// The message consists of bytes for another subprotocol, or of bytes and the sender is not Krait's.
    /// </exception>
    public static bool TrySend<TSend>(this IMessageSender<TSend> sender, Encoded<TSend> message)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        return sender is IEncodedSender connection ? connection.TrySend(message) : sender.TrySend(message.Message);
    }
}
