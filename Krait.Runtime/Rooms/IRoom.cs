namespace Krait;

/// <summary>A room sends each message to every connection that is in it. Thread-safe.</summary>
/// <remarks>
/// A member gets every message that is sent after it joined, and none that was sent before. All members on a server get the
/// messages in the same order. A room never waits for a member. If a member reads too slowly, <see cref="WhenSlowAttribute"/> on
/// the message's type says what happens.
/// </remarks>
/// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
public interface IRoom<TSend>
{
    /// <summary>The name of the room.</summary>
    string Name { get; }

    /// <summary>The number of connections of this server that are in the room.</summary>
    int LocalCount { get; }

    /// <summary>Sends a message to every member. Never waits for a member.</summary>
    /// <remarks>
    /// Encodes the message before it returns, once for each codec that the members use. So you may reuse the message's buffers
    /// afterwards. If the other servers cannot be reached, this does not throw; Krait logs a warning.
    /// </remarks>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// The connection that does not get the message; null sends to all. Compared by
    /// <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <exception cref="Exception">
    /// The encoder throws. Then no member gets the message. A member cannot cause an exception.
    /// </exception>
    void Send(TSend message, IMessageSender<TSend>? except = null);

    /// <summary>Sends a message to every member, and completes when it is on its way.</summary>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// The connection that does not get the message; null sends to all. Compared by
    /// <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the sending.</param>
    /// <returns>
    /// A task that completes when the room has the message for every member of this server or, with a backplane, when the
    /// backplane has it. It does not wait until the members have read the message.
    /// </returns>
    /// <exception cref="RoomUnavailableException">
    /// The room cannot be reached. A room in the memory of one server never throws this.
    /// </exception>
    ValueTask SendAsync(TSend message, IMessageSender<TSend>? except = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a connection to the room until you dispose the membership or the connection ends. A connection that is already in
    /// the room stays one member and keeps its delivery.
    /// </summary>
    /// <remarks>
    /// If you call this before [OnOpen] has returned, the room's messages wait until the reply of [OnOpen] is in line. So
    /// [OnOpen] can return a snapshot, and the client misses nothing after it. If the connection has ended, the membership is not
    /// active.
    /// </remarks>
    /// <param name="connection">A connection of Krait, such as the <c>Connection</c> of a controller.</param>
    /// <param name="delivery">
    /// The policy and capacity of this member; null uses those of the message's type and of <see cref="RoomOptions"/>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="connection"/> is not a connection of Krait.</exception>
    RoomMembership Join(IMessageSender<TSend> connection, RoomDelivery? delivery = null);
}
