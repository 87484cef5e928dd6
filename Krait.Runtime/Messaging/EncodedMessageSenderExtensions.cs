using Krait.Messaging;

namespace Krait;

/// <summary>Sends messages that are encoded once.</summary>
/// <remarks>
/// A sender that is not Krait's, such as a test's, is sent the message itself. Extensions rather than overloads, so that
/// <c>SendAsync(new(1))</c> stays clear.
/// </remarks>
public static class EncodedMessageSenderExtensions
{
    /// <summary>Sends a message, first come first served; waits while the send buffer is full.</summary>
    /// <param name="sender">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="InvalidOperationException">
    /// The message is bytes for another subprotocol, or the sender is not Krait's and takes no bytes.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellationToken"/> fired while the message waited; it will not be sent.
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

    /// <summary>Sends a message if that needs no waiting.</summary>
    /// <param name="sender">Where to.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when the send buffer is full, when others wait, or when the connection is closed.</returns>
    /// <exception cref="InvalidOperationException">
    /// The message is bytes for another subprotocol, or the sender is not Krait's and takes no bytes.
    /// </exception>
    public static bool TrySend<TSend>(this IMessageSender<TSend> sender, Encoded<TSend> message)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        return sender is IEncodedSender connection ? connection.TrySend(message) : sender.TrySend(message.Message);
    }
}
