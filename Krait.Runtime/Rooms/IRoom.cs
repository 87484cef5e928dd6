namespace Krait;

/// <summary>A room: whatever is sent to it reaches every connection that is in it. Thread-safe.</summary>
/// <remarks>
/// A member gets every message that is sent after it joined and none from before. All members on a server get the messages in the
/// same order. A room never waits for a member: a member that reads too slowly is treated as <see cref="WhenSlowAttribute"/> on
/// the message's type says.
/// </remarks>
/// <typeparam name="TSend">What the members are sent.</typeparam>
public interface IRoom<TSend>
{
    /// <summary>The name of the room.</summary>
    string Name { get; }

    /// <summary>How many connections of this server are in the room.</summary>
    int LocalCount { get; }

    /// <summary>Sends a message to every member, without waiting for any.</summary>
    /// <remarks>
    /// The message is encoded before this returns, once for each codec that the members use, so its buffers may be used again
    /// afterwards.
    /// </remarks>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// A connection that does not get it, compared by <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <exception cref="Exception">
    /// What the encoder throws; then no member gets the message. Nothing is thrown for what a member does.
    /// </exception>
    void Send(TSend message, IMessageSender<TSend>? except = null);

    /// <summary>Sends a message to every member, and says whether it is on its way.</summary>
    /// <param name="message">The message.</param>
    /// <param name="except">
    /// A connection that does not get it, compared by <see cref="IMessageSender{TSend}.ConnectionId"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting, not the sending.</param>
    /// <returns>
    /// A task that completes when the members of this server have the message in line. It does not wait for any of them to read
    /// it.
    /// </returns>
    /// <exception cref="RoomUnavailableException">
    /// The room cannot be reached. In the memory of one server it always can.
    /// </exception>
    ValueTask SendAsync(TSend message, IMessageSender<TSend>? except = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets a connection into the room, until the membership is disposed or the connection ends. A connection that is in already
    /// stays one member.
    /// </summary>
    /// <remarks>
    /// Called before [OnOpen] has returned, it holds back what the room sends until the answer of [OnOpen] is in line, so that a
    /// snapshot that [OnOpen] returns has no gap after it. A connection that has ended gets a membership that is over already.
    /// </remarks>
    /// <param name="connection">A connection of Krait's, such as a controller's <c>Connection</c>.</param>
    /// <param name="delivery">
    /// What holds for this member only; null takes what the message's type and <see cref="RoomOptions"/> say.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="connection"/> is no connection of Krait's.</exception>
    RoomMembership Join(IMessageSender<TSend> connection, RoomDelivery? delivery = null);
}
