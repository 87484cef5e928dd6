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
    private Member? _first; // of a list of all memberships
    private volatile SlowReading? _slow; // made when the connection reads slowly for the first time
    private bool _isHeld = true;
    private bool _isOver;

    public RoomCodec Codec => codec;

    public Lock Lock => Output.Lock;

    public TransportOutput Output { get; } = connection.Transport.Output;

    public DateTimeOffset Now => connection.Time.GetUtcNow();

    /// <summary>How many messages of rooms wait.</summary>
    public int WaitingMessages
    {
        get
        {
            Take();
            return _slow?.Messages ?? 0;
        }
    }

    /// <summary>Whether [OnOpen] has not answered yet: until then everything waits.</summary>
    public bool IsHeld => _isHeld && (_isHeld = connection.Lifetime.IsOpening);

    /// <summary>How many bytes may wait for a member when more messages than its capacity may wait.</summary>
    public long LargestBacklog => 4L * connection.SendBufferSize;

    private MessageTransport Transport => connection.Transport;

    [Conditional("DEBUG")]
    public void AssertLocked() => Debug.Assert(Lock.IsHeldByCurrentThread);

    /// <summary>Adds a membership; false if the connection is leaving its rooms.</summary>
    public bool TryEnter(Member member)
    {
        AssertLocked();

        // Either this sees that the connection leaves, or LeaveAll sees the member.
        if (_isOver || !connection.TakesSends || connection.Lifetime.LeavesRooms)
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

    /// <summary>
    /// Takes what is new in the logs of all rooms of the connection, in the order in which it was sent, and sends what is in line.
    /// Not under a lock.
    /// </summary>
    public void Take()
    {
        bool leaves;
        List<Member>? tooSlow;
        lock (Lock)
        {
            TakeBatches();
            tooSlow = TakeEntries();
            leaves = Output.LeavesNow();
        }

        if (leaves)
            Output.Send();

        if (tooSlow is not null)
            Close(tooSlow);
    }

    /// <summary>
    /// Puts in line what the rooms have sent, before something that is sent directly after it. The rooms flush it. Not under a lock.
    /// </summary>
    public void CatchUp()
    {
        if (NextMember() is null)
            return;

        List<Member>? tooSlow;
        lock (Lock)
            tooSlow = TakeEntries();

        if (tooSlow is not null)
            Close(tooSlow);
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
            if (slow.IsEmpty || IsHeld || _isOver || Transport.OutputCompletion.IsCompleted)
                return;

            var before = Output.FanOutBytes;
            gaps = slow.Drain(this);
            leaves = Output.FanOutBytes > before && Output.Leaves(mayWait: false);
            slow.LookAgain(this, hasProgressed: leaves);
        }

        if (leaves)
            Transport.Send();

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
        if (!member.HasBacklog || member.IsPaused || !HasRoom(member))
            return false;

        member.Take(out var message, out var lost, out var since);
        if (message is not null)
        {
            Output.Append(message.For(member.Codec));
        }
        else if (lost > 0 && connection.LostHandler is not null)
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

    /// <summary>Takes the connection out of all its rooms, for good. Not under a lock.</summary>
    public void LeaveAll()
    {
        Debug.Assert(!Lock.IsHeldByCurrentThread);
        Take();
        Member? member;
        lock (Lock)
        {
            _isOver = true;
            _slow?.Dispose();
            for (member = _first; member is not null; member = member.Next)
                member.Deactivate();
        }

        while ((member = Volatile.Read(ref _first)) is not null)
            member.Members.Remove(member);
    }

    /// <summary>Takes new entries in few pieces, as long as the connection is in one room only and reads fast.</summary>
    private void TakeBatches()
    {
        while (_first is { Next: null, NextEntry.Next: not null } member
            && !MustWait(member)
            && RoomBatch.For(member, Output.MarksCompressible) is { } batch)
        {
            Output.Append(new(batch.Frames, mayCompress: false, isFanOut: true));
            member.Took(batch.Last);
        }
    }

    /// <summary>Takes the new entries of all rooms.</summary>
    /// <returns>The members that are out because they read too slowly; null if there are none.</returns>
    private List<Member>? TakeEntries()
    {
        AssertLocked();
        List<Member>? tooSlow = null;
        while (NextMember() is { } member)
        {
            var entry = member.NextEntry!;
            member.Took(entry);
            if (entry.Except is { } except && except == connection.ConnectionId)
                continue;

            if (TryOffer(member, entry.Message))
                continue;

            Exit(member);
            (tooSlow ??= []).Add(member);
        }

        return tooSlow;
    }

    /// <summary>The membership whose next entry was sent first; null if no room has sent anything new. Any thread may look.</summary>
    private Member? NextMember()
    {
        var first = Volatile.Read(ref _first);
        if (first is null or { Next: null })
            return first?.NextEntry is null ? null : first;

        // What was sent before an entry can be seen once that entry is, so a second look decides.
        Member? found = null;
        Member? before;
        do
        {
            before = found;
            found = null;
            for (var member = first; member is not null; member = member.Next)
            {
                if (member.NextEntry is { } entry && (found?.NextEntry is not { } other || entry.Number < other.Number))
                    found = member;
            }
        }
        while (found != before);

        return found;
    }

    /// <summary>Offers a message to a member, without waiting.</summary>
    /// <returns>False if the member has to be closed.</returns>
    private bool TryOffer(Member member, RoomMessage message)
    {
        var segment = message.For(member.Codec);
        if (MustWait(member))
        {
            var isAdded = member.TryAdd(message, segment.Length);
            _slow?.LookAgain(this, hasProgressed: false);
            return isAdded;
        }

        Output.Append(segment);
        return true;
    }

    /// <summary>Whether a new message goes to the member's backlog.</summary>
    private bool MustWait(Member member) => IsHeld || member.HasBacklog || member.IsPaused || !HasRoomInBurst(member);

    private void Close(List<Member> tooSlow)
    {
        foreach (var member in tooSlow)
            member.Members.Remove(member);

        connection.CloseTooSlow();
    }

    /// <summary>Whether a room's messages may be put in line.</summary>
    private bool HasRoom(Member member) => HasRoom(member, member.Members.Options.MemberBufferSize);

    // What only waits to be flushed with the rest of a burst says nothing of the client.
    private bool HasRoomInBurst(Member member) =>
        HasRoom(member) || (!Output.IsBlocked && HasRoom(member, connection.SendBufferSize));

    private bool HasRoom(Member member, int line) =>
        Output.FanOutBytes < line && !Output.HoldsMoreThan(member.Members.Options.MemberBufferSize);

    private SlowReading Slow()
    {
        AssertLocked();
        Output.Notice.IsWanted = true;
        return _slow ??= new(connection.Time, Output);
    }
}
