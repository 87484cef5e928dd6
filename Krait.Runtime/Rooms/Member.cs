namespace Krait.Rooms;

/// <summary>A connection in a room. Its backlog is guarded by the output's lock, its place by the room's.</summary>
internal sealed class Member(RoomMembers room, RoomOutlet outlet, RoomDelivery? delivery) : RoomMembership
{
    private Backlog? _backlog; // made when the connection reads slowly for the first time
    private volatile RoomEntry? _taken; // the last entry of the room's log that the member has taken; null if it is out
    private volatile bool _isActive = true;
    private PresenceSeat? _seats; // in lists of members

    public override string Room => room.Name;

    public override bool IsActive => _isActive;

    public override long Lost
    {
        get
        {
            lock (outlet.Lock)
            {
                outlet.TakeNew();
                return _backlog?.Lost ?? 0;
            }
        }
    }

    public override long Conflated
    {
        get
        {
            lock (outlet.Lock)
            {
                outlet.TakeNew();
                return _backlog?.Conflated ?? 0;
            }
        }
    }

    public RoomMembers Members => room;

    public RoomOutlet Outlet => outlet;

    /// <summary>The entry that the member took last from the room's log; null if the member has left.</summary>
    public RoomEntry? LastTaken => _taken;

    /// <summary>The entry that the member takes next from the room's log; null if there is none. Any thread may look.</summary>
    public RoomEntry? NextEntry => _taken?.Next;

    /// <summary>The next membership of the connection.</summary>
    public Member? Next { get; set; }

    /// <summary>The index among the members of the room. Guarded by the room's lock.</summary>
    public int Index { get; set; }

    /// <summary>Whether the member is in its connection's list of waiting members.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether messages or gaps wait.</summary>
    public bool HasBacklog => _backlog is { IsEmpty: false };

    /// <summary>Whether [OnLost] is being called: the backlog waits for its reply.</summary>
    public bool IsPaused { get; set; }

    private int Capacity => delivery is { Capacity: > 0 } own ? own.Capacity : room.Options.MemberCapacity;

    /// <summary>The member gets the entries after one of the room's log. Under the room's lock and the output's.</summary>
    /// <param name="entry">The last entry of the log, or the one at which the client comes back.</param>
    public void Begin(RoomEntry entry)
    {
        outlet.AssertLocked();
        _taken = entry;
    }

    /// <summary>Gives up a place when the membership ends.</summary>
    public void AddSeat(PresenceSeat seat)
    {
        outlet.AssertLocked();
        (seat.Next, _seats) = (_seats, seat);
    }

    /// <summary>The member has taken an entry.</summary>
    public void Took(RoomEntry entry)
    {
        outlet.AssertLocked();
        _taken = entry;
    }

    /// <summary>Adds a message to the backlog, or drops one as its policy says.</summary>
    /// <returns>False if the connection must be closed: it reads too slowly, and the message must not be lost.</returns>
    public bool TryAdd(RoomMessage message, int bytes)
    {
        outlet.AssertLocked();
        var backlog = _backlog ??= new();
        var (before, lost) = (backlog.Messages, backlog.Lost + backlog.Conflated);
        var isAdded = TryAdd(backlog, message, bytes);
        outlet.Count(this, backlog.Messages - before);
        room.Telemetry.Lost(delivery?.WhenSlow ?? message.Policy, backlog.Lost + backlog.Conflated - lost);
        return isAdded;
    }

    /// <summary>Takes the next message or gap.</summary>
    /// <param name="message">The message; null if there is a gap.</param>
    /// <param name="lost">How many messages are missing, if there is a gap; -1 if that is unknown.</param>
    /// <param name="since">When the first of them was dropped.</param>
    public void Take(out RoomMessage? message, out long lost, out DateTimeOffset since)
    {
        outlet.AssertLocked();
        var backlog = _backlog!;
        var before = backlog.Messages;
        backlog.Take(out message, out lost, out since);
        outlet.Count(this, backlog.Messages - before);
    }

    /// <summary>Adds a gap to the backlog: messages that this server never had.</summary>
    /// <param name="missing">How many; 0 if that is unknown.</param>
    public void AddGap(long missing)
    {
        outlet.AssertLocked();
        (_backlog ??= new()).AddGap(missing, outlet.Now);
        outlet.Count(this, 0);
    }

    /// <summary>Makes the argument of [OnLost] for a gap.</summary>
    public LostMessages Report(long lost, DateTimeOffset since) => new(Math.Max(lost, 0), _backlog!.TakeConflated(), since);

    /// <summary>Ends the membership. Messages that wait or were not taken count as lost.</summary>
    public void Deactivate()
    {
        outlet.AssertLocked();
        _isActive = false;
        for (; _seats is { } seat; _seats = seat.Next)
            seat.Leave();

        for (var entry = NextEntry; entry is not null; entry = entry.Next)
        {
            if (!entry.IsGap && !entry.IsEmpty && outlet.Gets(entry))
                (_backlog ??= new()).CountLost();
        }

        _taken = null; // a membership that code keeps must not keep the log alive
        if (_backlog is not { } backlog)
            return;

        var before = backlog.Messages;
        backlog.DropAll();
        outlet.Count(this, -before);
    }

    protected override void Leave()
    {
        if (_isActive)
            room.Remove(this);
    }

    private bool TryAdd(Backlog backlog, RoomMessage message, int bytes)
    {
        var policy = delivery?.WhenSlow ?? message.Policy;
        if (policy == SlowReaderPolicy.Conflate)
            return backlog.TryConflate(message, bytes);

        if (!HasRoom(backlog, bytes, policy))
        {
            if (policy == SlowReaderPolicy.Close)
                return false;

            if (policy == SlowReaderPolicy.DropNewest || !backlog.TryDropOldest(outlet.Now))
            {
                backlog.DropNewest(outlet.Now);
                return true;
            }
        }

        backlog.Add(message, bytes, mayBeDropped: policy != SlowReaderPolicy.Close);
        return true;
    }

    /// <summary>Whether one more message may wait: always below the capacity, and beyond it up to a number of bytes.</summary>
    private bool HasRoom(Backlog backlog, int bytes, SlowReaderPolicy policy)
    {
        if (outlet.IsHeld)
            return FitsInBytes(backlog, bytes);

        if (backlog.Plain < Capacity)
            return true;

        return policy == SlowReaderPolicy.Close && FitsInBytes(backlog, bytes) && (IsPaused || outlet.IsPatient());
    }

    private bool FitsInBytes(Backlog backlog, int bytes) =>
        backlog.IsEmpty || backlog.Bytes + bytes <= outlet.LargestBacklog;
}
