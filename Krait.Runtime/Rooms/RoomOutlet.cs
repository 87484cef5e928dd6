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

    public Lock Lock => Transport.OutputLock;

    public TransportOutput Output => Transport.Output;

    public DateTimeOffset Now => connection.Time.GetUtcNow();

    /// <summary>How many messages of rooms wait.</summary>
    public int WaitingMessages => _slow?.Messages ?? 0;

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

    /// <summary>Offers a message to a member, without waiting.</summary>
    public OfferResult Offer(Member member, RoomMessage message)
    {
        AssertLocked();
        if (!member.IsActive)
            return OfferResult.Done;

        var segment = message.For(codec);
        if (IsHeld || member.HasBacklog || member.IsPaused || !HasRoom(member, Output.IsBlocked ? 0 : connection.SendBufferSize))
        {
            var isAdded = member.TryAdd(message, segment.Length);
            _slow?.LookAgain(this, hasProgressed: false);
            return isAdded ? OfferResult.Done : OfferResult.TooSlow;
        }

        Output.Append(segment);
        return Output.LeavesLater() ? OfferResult.Flush : OfferResult.Done;
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
        if (!member.HasBacklog || member.IsPaused || !HasRoom(member, 0))
            return false;

        member.Take(out var message, out var lost, out var since);
        if (message is not null)
        {
            Output.Append(message.For(codec));
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

    /// <summary>Closes the connection because it reads too slowly. Not under a lock.</summary>
    public void CloseTooSlow() => connection.CloseTooSlow();

    /// <summary>Whether the connection has that id.</summary>
    public bool IsOf(string connectionId) => connection.ConnectionId == connectionId;

    /// <summary>Whether a room's messages may be put in line.</summary>
    /// <param name="member">The member.</param>
    /// <param name="burst">
    /// How many bytes may be in line, if more than its buffer size: bytes that wait only for the rest of a burst say nothing
    /// about the client.
    /// </param>
    private bool HasRoom(Member member, int burst)
    {
        var size = member.Members.Options.MemberBufferSize;
        return Output.FanOutBytes < Math.Max(size, burst) && !Output.HoldsMoreThan(size);
    }

    private SlowReading Slow()
    {
        AssertLocked();
        return _slow ??= new(connection.Time, Output);
    }
}

/// <summary>The result of offering a message to a member.</summary>
internal enum OfferResult
{
    /// <summary>Nothing is left to do.</summary>
    Done,

    /// <summary>The member's output has to be flushed.</summary>
    Flush,

    /// <summary>The member has to be closed.</summary>
    TooSlow,
}
