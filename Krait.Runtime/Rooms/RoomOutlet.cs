using System.Diagnostics;
using Krait.Transport;

namespace Krait.Rooms;

/// <summary>
/// The shared state of the memberships of one connection: its output, and the messages that wait for it. Made when the connection
/// joins its first room.
/// </summary>
/// <remarks>Guarded by the output's lock. No room's lock is taken under it.</remarks>
/// <param name="connection">The connection.</param>
/// <param name="codec">How its messages are encoded.</param>
internal sealed class RoomOutlet(WebSocketConnection connection, RoomCodec codec)
{
    [ThreadStatic]
    private static List<Member>? t_news;

    private Member? _first; // of a list of all memberships
    private volatile SlowReading? _slow; // made when the connection reads slowly for the first time
    private List<Member>? _tooSlow; // have left, and the connection has to be closed for them
    private bool _isHeld = true;
    private bool _isOver;

    /// <summary>How messages are encoded. Members of a room share it, to save memory in idle connections.</summary>
    public RoomCodec Codec { get; set; } = codec;

    public string ConnectionId => connection.ConnectionId;

    /// <summary>Calls [OnPresence]; null if there is none.</summary>
    public IPresenceHandler? PresenceHandler => connection.PresenceHandler;

    public Lock Lock => Output.Lock;

    public TransportOutput Output { get; } = connection.Transport.Output;

    public DateTimeOffset Now => connection.Time.GetUtcNow();

    /// <summary>How many messages of rooms wait.</summary>
    public int WaitingMessages
    {
        get
        {
            lock (Lock)
            {
                TakeNew();
                return _slow?.Messages ?? 0;
            }
        }
    }

    /// <summary>Whether [OnOpen] has not answered yet: until then everything waits.</summary>
    public bool IsHeld => _isHeld && (_isHeld = connection.Lifetime.IsOpening);

    /// <summary>How many bytes may wait for a member when more messages than its capacity may wait.</summary>
    public long LargestBacklog => 4L * connection.SendBufferSize;

    [Conditional("DEBUG")]
    public void AssertLocked() => Debug.Assert(Lock.IsHeldByCurrentThread);

    /// <summary>Whether the connection is leaving its rooms, or has left them.</summary>
    public bool HasLeft => _isOver || !connection.TakesSends || connection.Lifetime.LeavesRooms;

    /// <summary>Adds a membership; false if the connection is leaving its rooms.</summary>
    public bool TryEnter(Member member)
    {
        AssertLocked();

        // Either this sees that the connection leaves, or LeaveAll sees the member.
        if (HasLeft)
            return false;

        if (_first is null)
            Output.WatchCarrier();

        member.Next = _first;
        _first = member;
        return true;
    }

    /// <summary>Finds the connection's membership in a room.</summary>
    public Member? Find(RoomMembers room)
    {
        AssertLocked();
        var member = _first;
        while (member is not null && member.Members != room)
            member = member.Next;

        return member;
    }

    /// <summary>Removes a membership.</summary>
    public void Exit(Member member)
    {
        AssertLocked();
        member.Deactivate();
        if (_first == member)
        {
            _first = member.Next;
            return;
        }

        for (var before = _first; before is not null; before = before.Next)
        {
            if (before.Next == member)
                before.Next = member.Next;
        }
    }

    /// <summary>Whether the connection gets a message.</summary>
    public bool Gets(RoomEntry entry) => entry.IsFor(connection.ConnectionId);

    /// <summary>Takes the new messages of the connection's rooms, and sends them. Not under a lock.</summary>
    /// <param name="member">The member for whose room this is done; null for all.</param>
    public void Take(Member? member = null)
    {
        bool leaves;
        List<Member>? tooSlow;
        lock (Lock)
        {
            if (member is null or { NextEntry: not null })
                TakeNew();

            (tooSlow, _tooSlow) = (_tooSlow, null);
            leaves = Output.FanOutBytes > 0 && Output.Leaves(mayWait: false);
        }

        if (leaves)
            Output.Send();

        if (tooSlow is null)
            return;

        Drop(tooSlow);
        connection.CloseTooSlow();
    }

    /// <summary>
    /// Takes the new messages of the connection's rooms, so that direct sends come after them. The rooms do the rest. Not under a
    /// lock.
    /// </summary>
    public void CatchUp()
    {
        var member = Volatile.Read(ref _first);
        while (member is { NextEntry: null })
            member = member.Next;

        if (member is null)
            return;

        lock (Lock)
            TakeNew();
    }

    /// <summary>
    /// Takes the new messages of the connection's rooms in their order, and puts them in line or in the backlogs. The rooms flush
    /// them, and close the connection if it is too slow.
    /// </summary>
    public void TakeNew()
    {
        AssertLocked();
        if (_first is { Next: not null })
        {
            TakeNewOfSeveral();
            return;
        }

        TakeBatches();
        while (_first is { NextEntry: not null } member)
            TakeNext(member);
    }

    /// <summary>Whether more messages than the capacity may wait, because the client has taken some lately.</summary>
    public bool IsPatient()
    {
        AssertLocked();
        return Slow().IsPatient();
    }

    /// <summary>Counts messages that begin to wait or stop waiting.</summary>
    public void Count(Member member, int more)
    {
        AssertLocked();
        if (more != 0 || member.HasBacklog)
            Slow().Count(member, more);
    }

    /// <summary>Puts waiting messages in line while there is room. Not under the lock.</summary>
    public void Advance()
    {
        if (_slow is not { } slow)
            return;

        bool leaves;
        List<LostGap>? gaps;
        lock (Lock)
        {
            if (slow.IsEmpty || IsHeld || _isOver || Output.Completion.IsCompleted)
                return;

            var before = Output.FanOutBytes;
            gaps = slow.Drain(this);
            var hasProgressed = Output.FanOutBytes > before;
            slow.LookAgain(this, hasProgressed);
            leaves = hasProgressed && Output.Leaves(mayWait: false);
        }

        if (leaves)
            Output.Send();

        foreach (var gap in gaps ?? [])
            connection.LostHandler!.HandleLost(gap);
    }

    /// <summary>Puts in line the next message that waits for a member, if there is room and it may go on.</summary>
    /// <param name="member">The member.</param>
    /// <param name="gap">
    /// A gap for which [OnLost] must be called before the rest follows; else null.
    /// </param>
    /// <returns>Whether more may follow.</returns>
    public bool TryDrainOne(Member member, out LostGap? gap)
    {
        AssertLocked();
        gap = null;
        if (!member.HasBacklog || member.IsPaused || !HasRoom(member, isBurst: false))
            return false;

        member.Take(out var message, out var lost, out var since);
        if (message is not null)
        {
            Append(message);
        }
        else if (lost != 0 && connection.LostHandler is not null)
        {
            member.IsPaused = true;
            gap = new(member, member.Report(lost, since));
        }

        return true;
    }

    /// <summary>
    /// Goes on with the member's backlog: the reply of [OnLost] is in line, or there is none. Not under the lock.
    /// </summary>
    public void Resume(Member member)
    {
        lock (Lock)
            member.IsPaused = false;

        Advance();
    }

    /// <summary>Closes the connection because its handlers take too long. Not under a lock.</summary>
    public void CloseTooSlow() => connection.CloseTooSlow();

    /// <summary>Takes the connection out of all its rooms, for good. Not under a lock.</summary>
    public void LeaveAll()
    {
        Debug.Assert(!Lock.IsHeldByCurrentThread);
        List<Member>? tooSlow;
        Member? member;
        lock (Lock)
        {
            TakeNew();
            (tooSlow, _tooSlow) = (_tooSlow, null);
            _isOver = true;
            _slow?.Dispose();
            for (member = _first; member is not null; member = member.Next)
                member.Deactivate();
        }

        Output.Flush();
        Drop(tooSlow ?? []);
        while ((member = Volatile.Read(ref _first)) is not null)
            member.Members.Drop(member);
    }

    /// <summary>Takes new entries in few pieces, as long as the client reads fast.</summary>
    private void TakeBatches()
    {
        while (_first is { NextEntry.Next: not null } member
            && !MustWait(member)
            && RoomBatch.For(member, Output.MarksCompressible) is { } batch)
        {
            Output.Append(new(batch.Frames, mayCompress: false, isFanOut: true));
            if (connection.CountsSent)
                Count(member, batch);

            member.Took(batch.Last);
        }
    }

    /// <summary>Takes the new entries of several rooms.</summary>
    private void TakeNewOfSeveral()
    {
        // All messages before one of these entries are in their logs by now. The rooms come again for those that follow.
        var limit = RoomEntry.LastNumber;
        var news = t_news ??= [];
        news.Clear();
        for (var member = _first; member is not null; member = member.Next)
        {
            if (HasNewUpTo(limit, member))
                news.Add(member);
        }

        while (news.Count > 0)
        {
            var index = IndexOfOldest(news);
            TakeNext(news[index]);
            if (HasNewUpTo(limit, news[index]))
                continue;

            news[index] = news[^1];
            news.RemoveAt(news.Count - 1);
        }
    }

    private static bool HasNewUpTo(long limit, Member member) => member.NextEntry is { } entry && entry.Number <= limit;

    private static int IndexOfOldest(List<Member> members)
    {
        var oldest = 0;
        for (var index = 1; index < members.Count; index++)
        {
            if (members[index].NextEntry!.Number < members[oldest].NextEntry!.Number)
                oldest = index;
        }

        return oldest;
    }

    private void TakeNext(Member member)
    {
        var entry = member.NextEntry!;
        if (entry.IsGap)
        {
            TakeGap(member, entry);
        }
        else if (!entry.IsEmpty && Gets(entry) && !TryOffer(member, entry.Message))
        {
            Exit(member);
            (_tooSlow ??= []).Add(member);
            return;
        }

        member.Took(entry);
    }

    private void TakeGap(Member member, RoomEntry gap)
    {
        if (connection.LostHandler is null)
            return;

        member.AddGap(gap.Missing);
        _slow?.LookAgain(this, hasProgressed: false);
    }

    /// <summary>Offers a message to a member, without waiting.</summary>
    /// <returns>False if the member has to be closed.</returns>
    private bool TryOffer(Member member, RoomMessage message)
    {
        if (MustWait(member))
        {
            var isAdded = member.TryAdd(message, message.For(Codec).Length);
            _slow?.LookAgain(this, hasProgressed: false);
            return isAdded;
        }

        Append(message);
        return true;
    }

    private void Append(RoomMessage message)
    {
        var segment = message.For(Codec);
        Output.Append(segment);
        if (connection.CountsSent)
            connection.CountSent(message.Content, segment);
    }

    private void Count(Member member, RoomBatch batch)
    {
        for (var entry = member.LastTaken!; entry != batch.Last;)
        {
            entry = entry.Next!;
            connection.CountSent(entry.Message.Content, entry.Message.For(Codec));
        }
    }

    /// <summary>Whether a new message goes to the member's backlog.</summary>
    private bool MustWait(Member member) => IsHeld || member.HasBacklog || member.IsPaused || !HasRoom(member, isBurst: true);

    private static void Drop(List<Member> members)
    {
        foreach (var member in members)
            member.Members.Drop(member);
    }

    /// <summary>Whether a room's messages may be put in line.</summary>
    /// <param name="member">The member.</param>
    /// <param name="isBurst">
    /// Whether they are new. Messages that only wait for the flush of a burst do not show that the client is slow.
    /// </param>
    private bool HasRoom(Member member, bool isBurst)
    {
        var size = member.Members.Options.MemberBufferSize;
        var fits = Output.FanOutBytes < size
            || (isBurst && !Output.IsBlocked && Output.FanOutBytes < connection.SendBufferSize);
        return fits && !Output.HoldsMoreThan(size);
    }

    private SlowReading Slow()
    {
        AssertLocked();
        return _slow ??= BeginSlow();
    }

    private SlowReading BeginSlow()
    {
        Output.Notice.IsWanted = true;
        return new(connection.Time, Output);
    }
}
