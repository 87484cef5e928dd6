using Krait.Rooms;

namespace Krait;

/// <summary>Sends an <see cref="Encoded{TSend}"/> to rooms: Krait encodes it once, even for several rooms.</summary>
/// <remarks>A room that does not come from Krait, such as a fake in a test, gets the message itself.</remarks>
public static class EncodedRoomExtensions
{
    /// <summary>Sends a message to every member. Never waits for a member.</summary>
    /// <param name="room">The room.</param>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// The connection that does not get the message; null sends to all. Compared by
    /// <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The message consists of bytes, and a member has another subprotocol or the room does not come from Krait.
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

    /// <summary>Sends a message to every member, and completes when it is on its way.</summary>
    /// <param name="room">The room.</param>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// The connection that does not get the message; null sends to all. Compared by
    /// <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the sending.</param>
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
