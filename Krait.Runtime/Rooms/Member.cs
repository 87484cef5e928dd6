namespace Krait.Rooms;

/// <summary>A connection in a room. Its backlog is guarded by the output's lock, its place by the room's.</summary>
internal sealed class Member(RoomMembers room, RoomOutlet outlet, RoomDelivery? delivery) : RoomMembership
{
    private Backlog? _backlog; // made when the connection reads slowly for the first time
    private volatile RoomEntry? _taken; // the last entry of the room's log that the member has taken; null if it is out
    private volatile bool _isActive = true;

    public override string Room => room.Name;

    public override bool IsActive => _isActive;

    public override long Lost
    {
        get
        {
            outlet.Take();
            lock (outlet.Lock)
                return _backlog?.Lost ?? 0;
        }
    }

    public override long Conflated
    {
        get
        {
            outlet.Take();
            lock (outlet.Lock)
                return _backlog?.Conflated ?? 0;
        }
    }

    public RoomMembers Members => room;

    public RoomOutlet Outlet => outlet;

    /// <summary>How the member's messages are encoded.</summary>
    public RoomCodec Codec { get; private set; } = outlet.Codec;

    /// <summary>What the member takes next from the room's log; null if there is nothing. Any thread may look.</summary>
    public RoomEntry? NextEntry => _taken?.Next;

    /// <summary>The next membership of the connection.</summary>
    public Member? Next { get; set; }

    /// <summary>Where the member is among the room's. Guarded by the room's lock.</summary>
    public int Index { get; set; }

    /// <summary>Whether the member is among those of its connection that wait.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether messages wait, or the place where some are missing.</summary>
    public bool HasBacklog => _backlog is { IsEmpty: false };

    /// <summary>Whether [OnLost] is being called: what waits waits for its answer.</summary>
    public bool IsPaused { get; set; }

    private int Capacity => delivery is { Capacity: > 0 } own ? own.Capacity : room.Options.MemberCapacity;

    /// <summary>The member gets what follows in the room's log. Under the room's lock and the output's.</summary>
    /// <param name="codec">How its messages are encoded.</param>
    /// <param name="last">The last entry of the log.</param>
    public void Begin(RoomCodec codec, RoomEntry last)
    {
        outlet.AssertLocked();
        Codec = codec;
        _taken = last;
    }

    /// <summary>The member has taken an entry.</summary>
    public void Took(RoomEntry entry)
    {
        outlet.AssertLocked();
        _taken = entry;
    }

    /// <summary>Puts a message where it waits for the connection.</summary>
    /// <returns>False if the connection has to be closed: it reads too slowly for a message that may not be lost.</returns>
    public bool TryAdd(RoomMessage message, int bytes)
    {
        outlet.AssertLocked();
        var backlog = _backlog ??= new();
        var before = backlog.Messages;
        var isAdded = TryAdd(backlog, message, bytes);
        outlet.Count(this, backlog.Messages - before);
        return isAdded;
    }

    /// <summary>Takes what is next.</summary>
    /// <param name="message">The message; null if there is a gap.</param>
    /// <param name="lost">How many messages are missing, if there is a gap.</param>
    /// <param name="since">When the first of them was dropped.</param>
    public void Take(out RoomMessage? message, out long lost, out DateTimeOffset since)
    {
        outlet.AssertLocked();
        var backlog = _backlog!;
        var before = backlog.Messages;
        backlog.Take(out message, out lost, out since);
        outlet.Count(this, backlog.Messages - before);
    }

    /// <summary>What [OnLost] is told of a gap.</summary>
    public LostMessages Report(long lost, DateTimeOffset since) => new(lost, _backlog!.TakeConflated(), since);

    /// <summary>The connection is out: nothing reaches it any more.</summary>
    public void Deactivate()
    {
        outlet.AssertLocked();
        _isActive = false;
        _taken = null; // a membership that somebody keeps must not keep the log
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

    /// <summary>Whether one more message may wait: below the capacity always, and beyond it within a bound in bytes.</summary>
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
