using System.Collections.Concurrent;

namespace Krait.Rooms;

/// <summary>The rosters of all rooms with members of one type. Thread-safe.</summary>
internal sealed class PresenceDirectory<TMember>(BackplaneHub hub, PresenceServer server)
    where TMember : class
{
    private const int LargestMember = 1024 * 1024;

    private readonly ConcurrentDictionary<string, Roster<TMember>> _rosters = new(StringComparer.Ordinal);
    private MemberCodec<TMember>? _codec;

    private MemberCodec<TMember> Codec => Volatile.Read(ref _codec) ?? throw new InvalidOperationException(
        $"Rooms reach over several servers, so Krait must know how to encode members of type '{typeof(TMember)}': map a "
        + $"controller whose constructor takes a room with such members before you use them.");

    /// <summary>How many rooms have a roster.</summary>
    public int Count => _rosters.Count;

    /// <summary>Says how members are encoded; the first call counts.</summary>
    /// <exception cref="InvalidOperationException">The backplane cannot store members.</exception>
    public void Accept(MemberCodec<TMember> codec)
    {
        server.DemandStore();
        Interlocked.CompareExchange(ref _codec, codec, null);
    }

    /// <summary>Gives a member of a room a place in the roster; null if it has left the room.</summary>
    public PresenceSeat<TMember>? Enter(string room, Member member)
    {
        while (true)
        {
            var roster = Open(room);
            lock (member.Outlet.Lock)
            {
                if (!member.IsActive)
                {
                    roster.RetireIfEmpty(); // it may have been opened for this member only
                    return null;
                }

                if (roster.TrySit(member) is { } seat)
                    return seat;
            }
        }
    }

    /// <summary>Sets the member of a connection; false if it has no place in the room.</summary>
    public bool TryAnnounce(string room, string connection, TMember member)
    {
        var encoded = hub.IsOn ? Codec.Encode(member) : default(ReadOnlyMemory<byte>);
        if (encoded.Length > LargestMember)
            throw new ArgumentException(
                $"The member takes {encoded.Length} bytes, and at most {LargestMember} are stored for other servers.",
                nameof(member));

        return _rosters.TryGetValue(room, out var roster) && roster.TryAnnounce(connection, member, encoded);
    }

    /// <summary>Lists the members of a room.</summary>
    /// <param name="room">The room.</param>
    /// <param name="reader">The connection that asks; null if none of the room asks.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="RoomUnavailableException">
    /// The other servers cannot be reached, and this server has no connection in the room.
    /// </exception>
    public ValueTask<IReadOnlyList<TMember>> ListAsync(
        string room, PresenceSeat<TMember>? reader, CancellationToken cancellationToken)
    {
        if (!_rosters.TryGetValue(room, out var roster))
            return hub.IsOn ? new(RosterLink<TMember>.ListOnceAsync(Channel(room), server, Codec, cancellationToken)) : new([]);

        var ready = Ready(roster);
        return ready.IsCompleted ? new(roster.List(reader)) : new(ListWhenAsync(ready, roster, reader, cancellationToken));
    }

    /// <summary>Completes when the members on other servers are known.</summary>
    public Task WhenReady(string room) => hub.IsOn ? Ready(Open(room)) : Task.CompletedTask;

    private static RoomChannel Channel(string room) => new($"{typeof(TMember)}@{room}", null);

    private Task Ready(Roster<TMember> roster) =>
        roster.Link is RosterLink<TMember> link && hub.Engine.IsAvailable ? link.Ready : Task.CompletedTask;

    private async Task<IReadOnlyList<TMember>> ListWhenAsync(
        Task ready, Roster<TMember> roster, PresenceSeat<TMember>? reader, CancellationToken cancellationToken)
    {
        var waiting = ready.WaitAsync(BackplaneHub.CallTimeout, hub.Time, cancellationToken);
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // members that are found later go to [OnPresence]
        cancellationToken.ThrowIfCancellationRequested();
        return roster.List(reader);
    }

    private Roster<TMember> Open(string room)
    {
        if (_rosters.TryGetValue(room, out var present))
            return present;

        var roster = new Roster<TMember>(room, hub.Time, Forget);
        if (!hub.IsOn)
            return _rosters.GetOrAdd(room, roster);

        var link = new RosterLink<TMember>(roster, Channel(room), server, Codec);
        roster.Link = link;
        if (_rosters.GetOrAdd(room, roster) is var winner && winner != roster)
            return winner;

        link.Open();
        return roster;
    }

    private void Forget(Roster<TMember> roster)
    {
        (roster.Link as RosterLink<TMember>)?.Dispose(); // first, so that a new roster waits for the end of its subscription
        _rosters.TryRemove(new(roster.Room, roster));
    }
}
