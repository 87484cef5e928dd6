using Krait.Transport;

namespace Krait.Rooms;

/// <summary>The members of one room, and the connections of this server that get the changes. Thread-safe.</summary>
/// <remarks>
/// Its lock is taken under those of rooms and outputs, and no other lock is taken under it, but for that of
/// <see cref="IRosterLink"/>. No user code runs under it.
/// </remarks>
internal sealed class Roster<TMember>
    where TMember : class
{
    /// <summary>How often the connections in a room get changes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>If too much waits for a connection, and its handlers take longer than this, the connection is closed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int MostWaiting = 10_000;

    private readonly Lock _lock = new();
    private readonly string _room;
    private readonly TimeProvider _time;
    private readonly Action<Roster<TMember>> _retired;
    private readonly PresenceLog<TMember> _log = new();
    private readonly Dictionary<string, PresenceSeat<TMember>> _seats = new(StringComparer.Ordinal);
    private ITimer? _timer; // made at the first change
    private long _told;
    private long _used; // when the last connection left, as a timestamp
    private bool _isTelling;
    private bool _isRetired;

    /// <summary>Makes an empty roster.</summary>
    /// <param name="room">The name of the room for all servers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retired">Called under the lock when the room no longer needs the roster.</param>
    public Roster(string room, TimeProvider time, Action<Roster<TMember>> retired)
    {
        (_room, _time, _retired) = (room, time, retired);
        _used = time.GetTimestamp();
    }

    /// <summary>The name of the room for all servers.</summary>
    public string Room => _room;

    /// <summary>Tells other servers of the members of this one; null if there are none. Set once, before anything else.</summary>
    public IRosterLink? Link { get; set; }

    /// <summary>
    /// Makes a place for a member of the room, under the lock of its output. Null if the roster is no longer in use.
    /// </summary>
    public PresenceSeat<TMember>? TrySit(Member member)
    {
        member.Outlet.AssertLocked();
        lock (_lock)
        {
            if (_isRetired)
                return null;

            var connection = member.Outlet.ConnectionId;
            if (_seats.TryGetValue(connection, out var present))
                return present;

            var handler = member.Outlet.PresenceHandler;
            var seat = new PresenceSeat<TMember>(this)
            {
                Outlet = member.Outlet,
                Handler = handler?.Member == typeof(TMember) ? handler : null,
                Told = _log.Last,
            };
            member.AddSeat(seat);
            _seats.Add(connection, seat);
            return seat;
        }
    }

    /// <summary>Sets the member of a connection; false if the connection has no place.</summary>
    public bool TryAnnounce(string connection, TMember member, ReadOnlyMemory<byte> encoded)
    {
        lock (_lock)
        {
            if (!_seats.ContainsKey(connection))
                return false;

            _log.Set(connection, new(member, encoded));
            Link?.Tell(connection, encoded);
            TellSoon();
            return true;
        }
    }

    /// <summary>Gives up a place.</summary>
    public void Leave(PresenceSeat<TMember> seat)
    {
        lock (_lock)
        {
            seat.IsTaken = false;
            _seats.Remove(seat.Outlet.ConnectionId);
            if (_log.Remove(seat.Outlet.ConnectionId))
            {
                Link?.Tell(seat.Outlet.ConnectionId, null);
                TellSoon();
            }

            _used = _time.GetTimestamp();
            RetireIfEmpty();
        }
    }

    /// <summary>Gives the roster up if no connection has a place. One that other servers share stays for some time.</summary>
    public void RetireIfEmpty()
    {
        lock (_lock)
        {
            if (Link is null)
                RetireIfUnused();
        }
    }

    /// <summary>Lists the members.</summary>
    /// <param name="reader">
    /// The connection that asks, which gets later changes by [OnPresence]. Null if none of the room asks.
    /// </param>
    public IReadOnlyList<TMember> List(PresenceSeat<TMember>? reader)
    {
        lock (_lock)
        {
            if (reader is not null)
                (reader.Told, reader.HasListed) = (_log.Last, true);

            return _log.List();
        }
    }

    /// <inheritdoc cref="PresenceSeat.TakeChange"/>
    public PresenceChange<TMember>? TakeChange(PresenceSeat<TMember> seat)
    {
        lock (_lock)
        {
            seat.CalledAt = null;
            var from = seat.Told;
            if (!seat.IsTaken || from >= _told || !_log.Knows(from))
                return null;

            seat.Told = _told;
            return _log.Between(from, _told);
        }
    }

    /// <summary>Changes members that other servers hold.</summary>
    /// <param name="changes">The connections, with null where the member is gone.</param>
    public void Apply(IEnumerable<(PresenceEntry Entry, PresentMember<TMember>? Member)> changes)
    {
        lock (_lock)
        {
            foreach (var (entry, member) in changes)
                Apply(entry, member);

            TellSoon();
        }
    }

    /// <summary>Replaces all members that other servers hold.</summary>
    /// <param name="all">The members by connection.</param>
    /// <param name="isFirst">Whether they were there before this server knew the room.</param>
    /// <param name="isComplete">Whether others are gone.</param>
    public void Replace(IReadOnlyDictionary<string, PresentMember<TMember>> all, bool isFirst, bool isComplete)
    {
        lock (_lock)
        {
            if (isComplete)
                RemoveOthers(connection => !all.ContainsKey(connection));

            var isNews = !isFirst || _seats.Values.Any(static seat => seat.HasListed);
            foreach (var (connection, member) in all)
            {
                if (!IsHere(connection))
                    _log.Set(connection, member, isNews);
            }

            TellSoon();
        }
    }

    /// <summary>Removes the members that some servers held.</summary>
    public void Forget(IReadOnlySet<string> servers)
    {
        lock (_lock)
        {
            RemoveOthers(connection => servers.Contains(_log.Present[connection].Server!));
            TellSoon();
        }
    }

    /// <summary>Adds the servers that hold members to a set.</summary>
    public void CollectServers(ISet<string> servers)
    {
        lock (_lock)
        {
            foreach (var member in _log.Present.Values)
            {
                if (member.Server is { } server)
                    servers.Add(server);
            }
        }
    }

    /// <summary>Gives the roster up if no connection has used it for some time, and other servers have all changes.</summary>
    public void RetireIfUnusedFor(TimeSpan linger)
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_used) > linger && Link is not { IsBusy: true })
                RetireIfUnused();
        }
    }

    private bool IsHere(string connection) =>
        _log.Present.TryGetValue(connection, out var member) && member.Server is null;

    private void Apply(PresenceEntry entry, PresentMember<TMember>? member)
    {
        var present = _log.Present.GetValueOrDefault(entry.Connection);
        if (present is { Server: null })
            return; // a connection of this server

        if (member is not null)
            _log.Set(entry.Connection, member);
        else if (present?.Server == entry.Server) // else the server has announced it anew under another id
            _log.Remove(entry.Connection);
    }

    private void RemoveOthers(Func<string, bool> isGone)
    {
        var others = _log.Present.Where(static member => member.Value.Server is not null).Select(static member => member.Key);
        foreach (var connection in others.Where(isGone).ToList())
            _log.Remove(connection);
    }

    private void RetireIfUnused()
    {
        if (_seats.Count > 0 || _isRetired)
            return;

        _isRetired = true;
        _timer?.Dispose();
        _retired(this);
    }

    private void TellSoon()
    {
        if (_isTelling || _isRetired || _log.Last == _told)
            return;

        _isTelling = true;
        _timer ??= TimerWithoutContext.Create(_time, static roster => ((Roster<TMember>)roster!).Tell(), this);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls [OnPresence] of the connections that do not know the last event.</summary>
    private void Tell()
    {
        List<PresenceSeat<TMember>> news = [];
        List<PresenceSeat<TMember>> slow = [];
        lock (_lock)
        {
            _isTelling = false;
            _told = _log.Last;
            var oldest = _told;
            foreach (var seat in _seats.Values.Where(static seat => seat.Handler is not null))
                oldest = Math.Min(oldest, Visit(seat, news, slow));

            _log.Forget(oldest);
        }

        foreach (var seat in news)
            seat.Handler!.HandlePresence(seat);

        foreach (var seat in slow)
            seat.Outlet.CloseTooSlow();
    }

    /// <summary>Checks whether a connection must get changes. Returns the number of the last event that it knows.</summary>
    private long Visit(PresenceSeat<TMember> seat, List<PresenceSeat<TMember>> news, List<PresenceSeat<TMember>> slow)
    {
        if (seat.Told >= _told)
            return _told;

        if (seat.CalledAt is not { } since)
        {
            seat.CalledAt = _time.GetTimestamp();
            news.Add(seat);
            return seat.Told;
        }

        if (_log.Kept <= MostWaiting || _time.GetElapsedTime(since) <= Patience)
            return seat.Told;

        slow.Add(seat);
        return seat.Told = _told;
    }
}

/// <summary>Tells other servers of the members of this one. Its methods never wait and never throw.</summary>
internal interface IRosterLink
{
    /// <summary>Whether other servers do not have all changes yet.</summary>
    bool IsBusy { get; }

    /// <summary>Sets the encoded member of a connection; null if it is gone.</summary>
    void Tell(string connection, ReadOnlyMemory<byte>? encoded);
}
