using Krait.Rooms;

namespace Krait;

/// <summary>Sends messages to rooms that are encoded once, however many rooms and connections they are sent to.</summary>
/// <remarks>A room that is not Krait's, such as a test's, is sent the message itself.</remarks>
public static class EncodedRoomExtensions
{
    /// <summary>Sends a message to every member, without waiting for any.</summary>
    /// <param name="room">The room.</param>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// A connection that does not get it, compared by <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The message is bytes for another subprotocol than a member's, or the room is not Krait's and takes no bytes.
    /// </exception>
    public static void Send<TSend>(this IRoom<TSend> room, Encoded<TSend> message, IMessageSender<TSend>? except = null)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(message);
        if (room is Room<TSend> own)
            own.Send(message, except);
        else
            room.Send(message.Message, except);
    }

    /// <summary>Sends a message to every member, and says whether it is on its way.</summary>
    /// <param name="room">The room.</param>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// A connection that does not get it, compared by <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <exception cref="RoomUnavailableException">The room cannot be reached.</exception>
    public static ValueTask SendAsync<TSend>(
        this IRoom<TSend> room,
        Encoded<TSend> message,
        IMessageSender<TSend>? except = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(message);
        return room is Room<TSend> own
            ? own.SendAsync(message, except, cancellationToken)
            : room.SendAsync(message.Message, except, cancellationToken);
    }
}
