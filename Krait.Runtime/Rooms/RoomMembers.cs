using System.Buffers;
using System.Diagnostics;

namespace Krait.Rooms;

/// <summary>The members of one room, while it has any, and what was sent to them. Thread-safe.</summary>
/// <remarks>
/// A send only adds an entry to the room's log. So it costs the same for any number of members, and all members get the messages
/// in one order. Then each member takes the new entries, on the thread pool, so that a burst leaves in one write for each
/// member. A sender that is far ahead does this work itself: otherwise a long burst would fill the backlogs of members that read
/// fast. Order of locks: the room's, then that of a member's output. No encoder and no user code runs under either.
/// </remarks>
internal sealed class RoomMembers : IThreadPoolWorkItem
{
    private const int MostPending = 32;
    private const int LargestChunk = 256;

    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly RoomOptions _options;
    private readonly Action<RoomMembers> _emptied;
    private readonly RoomCodecs _codecs = new();
    private Member[] _members = new Member[4];
    private volatile int _count;
    private RoomEntry _last = new(null, null); // of the log
    private RoomEntry _taken; // the last entry that all members are known to have taken
    private int _pending; // entries since a walk over the members began
    private long _pendingBytes;
    private bool _isDraining;
    private bool _isRetired;

    /// <summary>Makes a room without members.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="emptied">Is called under the lock when the last member has gone.</param>
    public RoomMembers(string name, RoomOptions options, Action<RoomMembers> emptied)
    {
        (_name, _options, _emptied) = (name, options, emptied);
        _taken = _last;
    }

    public string Name => _name;

    public RoomOptions Options => _options;

    public int Count => _count;

    /// <summary>Adds a connection.</summary>
    /// <returns>
    /// Its membership, also if it is already a member; null if the last member has just left, so that the caller must make a new
    /// room.
    /// </returns>
    public Member? TryJoin(RoomOutlet outlet, RoomDelivery? delivery)
    {
        lock (_lock)
        {
            if (_isRetired)
                return null;

            var member = Enter(outlet, delivery);
            if (_count == 0)
                Retire();

            return member;
        }
    }

    /// <summary>Removes a member, which gets what was sent before.</summary>
    public void Remove(Member member)
    {
        member.Outlet.Take();
        Drop(member);
        member.Outlet.Output.Flush(); // what came meanwhile, and is not flushed by the room any more
    }

    /// <summary>Removes a member. What it has not taken counts as lost.</summary>
    public void Drop(Member member)
    {
        lock (_lock)
        {
            lock (member.Outlet.Lock)
                member.Outlet.Exit(member);

            RemoveAt(member);
        }
    }

    /// <summary>Sends a message to all members but one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="except">The id of the connection that does not get it.</param>
    /// <exception cref="Exception">What the encoder throws; no member gets the message.</exception>
    public void Send(RoomMessage message, string? except)
    {
        var isAhead = false;
        var codecs = _codecs.All;
        while (true)
        {
            foreach (var codec in codecs)
                message.EncodeFor(codec);

            lock (_lock)
            {
                if (codecs == _codecs.All)
                {
                    isAhead = _count > 0 && IsAheadAfter(new RoomEntry(message, except));
                    break;
                }

                codecs = _codecs.All; // somebody with another codec has joined, or the last one with a codec has left
            }
        }

        if (isAhead)
            WalkMembers();
    }

    /// <summary>Lets each member take what is new in the log.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var last = WalkMembers();
        lock (_lock)
        {
            _isDraining = _last != last;
            if (_isDraining)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private Member? Enter(RoomOutlet outlet, RoomDelivery? delivery)
    {
        lock (outlet.Lock)
        {
            if (outlet.Find(this) is { } before)
                return before;

            var member = new Member(this, outlet, delivery);
            if (!outlet.TryEnter(member))
            {
                member.Deactivate();
                return member;
            }

            Add(member);
            return member;
        }
    }

    private void Add(Member member)
    {
        if (_count == _members.Length)
            Array.Resize(ref _members, _count * 2);

        member.Index = _count;
        member.Outlet.Codec = _codecs.Add(member.Outlet.Codec);
        member.Begin(_last);
        _members[_count++] = member;
    }

    private void RemoveAt(Member member)
    {
        Debug.Assert(_lock.IsHeldByCurrentThread);
        if (member.Index >= _count || _members[member.Index] != member)
            return;

        var last = _members[--_count];
        _members[member.Index] = last;
        last.Index = member.Index;
        _members[_count] = null!;
        _codecs.Remove(member.Outlet.Codec);
        if (_count == 0)
            Retire();
    }

    private void Retire()
    {
        _isRetired = true;
        _emptied(this);
    }

    /// <summary>Puts an entry in the log, and returns whether the sender is too far ahead of the members.</summary>
    private bool IsAheadAfter(RoomEntry entry)
    {
        _last.Append(entry);
        _last = entry;
        _pending++;
        _pendingBytes += entry.Message.Length;
        if (!_isDraining)
        {
            _isDraining = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return _pending >= MostPending || _pendingBytes >= _options.MemberBufferSize;
    }

    /// <summary>Lets each member take what is new. Any thread, not under a lock.</summary>
    /// <returns>An entry that all members have taken now.</returns>
    private RoomEntry WalkMembers()
    {
        RoomEntry last;
        int end;
        lock (_lock)
        {
            (last, end) = (_last, _count);
            (_pending, _pendingBytes) = (0, 0);
        }

        var chunk = ArrayPool<Member>.Shared.Rent(Math.Min(end, LargestChunk));
        for (var length = end; length > 0 && (length = Copy(ref end, chunk)) > 0;)
        {
            foreach (var member in chunk.AsSpan(0, length))
                member.Outlet.Take(member);
        }

        ArrayPool<Member>.Shared.Return(chunk, clearArray: true);
        GiveUp(last);
        return last;
    }

    /// <summary>Gives up the entries that all members have taken.</summary>
    private void GiveUp(RoomEntry last)
    {
        lock (_lock)
        {
            while (_taken.Number < last.Number) // another thread may have walked further
            {
                var entry = _taken;
                _taken = entry.Next!;
                _taken.Forget();
                entry.Cut();
            }
        }
    }

    /// <summary>Copies the members before an index, backwards: the last member takes the place of a removed one.</summary>
    private int Copy(ref int end, Member[] chunk)
    {
        lock (_lock)
        {
            end = Math.Min(end, _count);
            var length = Math.Min(end, chunk.Length);
            end -= length;
            Array.Copy(_members, end, chunk, 0, length);
            return length;
        }
    }
}
