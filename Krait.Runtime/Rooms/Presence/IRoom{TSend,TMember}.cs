namespace Krait;

/// <summary>A room that also lists its members: each connection can announce one. Thread-safe.</summary>
/// <remarks>
/// A member is an object with the data of a connection that others may see, such as a name. It leaves the list when its
/// connection leaves the room for any reason. With a backplane, the list has the members of all servers. When a server dies, its
/// members are gone within 20 s. Krait calls [OnPresence] with the changes.
/// </remarks>
/// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
/// <typeparam name="TMember">The type of members. Krait keeps the objects, so do not change them.</typeparam>
public interface IRoom<TSend, TMember> : IRoom<TSend>
    where TMember : class
{
    /// <summary>Lists a connection as a member of the room, or replaces its member. Never waits.</summary>
    /// <remarks>If the connection has ended or is ending, this does nothing.</remarks>
    /// <param name="connection">A connection that is in the room.</param>
    /// <param name="member">The member.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="connection"/> is not a connection of Krait, or the member takes more than 1 MiB for other servers.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The connection is not in the room, or joined it through an <see cref="IRoom{TSend}"/>, which lists no members. Or there is
    /// a backplane, and you have mapped no controller whose constructor takes a room with such members.
    /// </exception>
    void Announce(IMessageSender<TSend> connection, TMember member);

    /// <summary>Lists the members, one for each announced connection, in no particular order.</summary>
    /// <remarks>
    /// In a controller with a [Room] parameter for the room, each change is either in the list or in a later call of
    /// [OnPresence], never in both.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// A snapshot. Only the first call for a room may wait for other servers, at most 10 s. While they cannot be reached, the
    /// list has the members that were known last; [OnPresence] gets those that Krait finds later.
    /// </returns>
    /// <exception cref="RoomUnavailableException">
    /// The other servers cannot be reached, and no connection of this server is in the room.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There is a backplane, and you have mapped no controller whose constructor takes a room with such members.
    /// </exception>
    ValueTask<IReadOnlyList<TMember>> MembersAsync(CancellationToken cancellationToken = default);
}
