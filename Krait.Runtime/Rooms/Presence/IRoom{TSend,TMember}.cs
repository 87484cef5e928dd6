namespace Krait;

/// <summary>A room that also knows who is in it: each connection can announce a member. Thread-safe.</summary>
/// <remarks>
/// A member is what the application wants others to know of a connection, such as a name. It is gone when its connection leaves
/// the room, whatever the cause. With a backplane, the members of all servers are listed; those of a server that has died are
/// gone within 20 s. [OnPresence] gets the changes.
/// </remarks>
/// <typeparam name="TSend">The type of messages that the members send to their clients.</typeparam>
/// <typeparam name="TMember">What is known of a member. Krait keeps the object, so it should not change.</typeparam>
public interface IRoom<TSend, TMember> : IRoom<TSend>
    where TMember : class
{
    /// <summary>Makes a connection a listed member of the room, or replaces what was announced for it. Never waits.</summary>
    /// <remarks>If the connection has ended or is ending, this does nothing.</remarks>
    /// <param name="connection">A connection that is in the room.</param>
    /// <param name="member">The member.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="connection"/> is not a connection of Krait, or the member takes more than 1 MiB for other servers.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The connection is not in the room, or joined it through an <see cref="IRoom{TSend}"/>, which knows no members.
    /// </exception>
    void Announce(IMessageSender<TSend> connection, TMember member);

    /// <summary>Lists the members: one for each connection that was announced, in no particular order.</summary>
    /// <remarks>
    /// In a controller that has the room by [Room], the list and the later calls of [OnPresence] fit together: each change is
    /// either in the list or told later, never both.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// A snapshot. Only the first list of a room may wait, for other servers, at most 10 s. While they cannot be reached, it is
    /// the last that is known of them; [OnPresence] tells of those that are found later.
    /// </returns>
    /// <exception cref="RoomUnavailableException">
    /// The other servers cannot be reached, and no connection of this server is in the room.
    /// </exception>
    ValueTask<IReadOnlyList<TMember>> MembersAsync(CancellationToken cancellationToken = default);
}
