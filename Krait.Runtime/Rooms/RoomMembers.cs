using System.Buffers;
using System.Diagnostics;
using Krait.Telemetry;

namespace Krait.Rooms;

/// <summary>The members of one room, while it has any, and the messages for them. Thread-safe.</summary>
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
    private readonly Action<RoomMembers> _retired;
    private readonly RoomCodecs _codecs = new();
    private readonly RoomLog _log;
    private Member[] _members = new Member[4];
    private volatile int _count;
    private int _pending; // entries since a walk over the members began
    private long _pendingBytes;
    private RoomFeed? _feed;
    private long _used; // when the last member left, or the room was last used otherwise, as a timestamp
    private bool _isDraining;
    private bool _isRetired;
    private bool _isCounted; // among the active rooms

    /// <summary>Makes a room without members.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="log">The log of its messages.</param>
    /// <param name="retired">Called under the lock when the room is no longer needed.</param>
    public RoomMembers(string name, RoomOptions options, RoomLog log, Action<RoomMembers> retired)
    {
        (_name, _options, _log, _retired) = (name, options, log, retired);
        _used = log.Now;
    }

    public string Name => _name;

    public RoomOptions Options => _options;

    public int Count => _count;

    /// <summary>Counts the events of the room.</summary>
    public required RoomTelemetry Telemetry { get; init; }

    /// <summary>How long the room stays without members; null if it goes with the last one.</summary>
    public RoomLinger? Linger { get; init; }

    /// <summary>The codec for which each message is encoded, whether or not a member uses it; null if there is none.</summary>
    public RoomCodec? Canonical
    {
        get;
        init => field = value is null ? null : _codecs.Add(value);
    }

    /// <summary>The messages of other servers; null if there is no backplane, or if it is not made yet.</summary>
    public RoomFeed? Feed => Volatile.Read(ref _feed);

    /// <summary>The time, as a timestamp.</summary>
    public long Now => _log.Now;

    /// <summary>Sets <see cref="Feed"/>; false if it is set already.</summary>
    public bool TrySetFeed(RoomFeed feed) => Interlocked.CompareExchange(ref _feed, feed, null) is null;

    /// <summary>Adds a connection.</summary>
    /// <param name="outlet">The connection.</param>
    /// <param name="delivery">Its own policy; null if it has none.</param>
    /// <param name="resumption">Where the client comes back to the room, and whether it gets all that it missed.</param>
    /// <returns>
    /// Its membership, also if it is already a member; null if the last member has just left, so that the caller must make a new
    /// room.
    /// </returns>
    public Member? TryJoin(RoomOutlet outlet, RoomDelivery? delivery, Resumption? resumption)
    {
        Member member;
        while (true)
        {
            var encoded = EncodeHistory(outlet.Codec, resumption);
            lock (_lock)
            {
                if (_isRetired)
                    return null;

                if (encoded is not null && encoded != _log.Last)
                    continue; // more has come, which may not be encoded for this connection

                member = Enter(outlet, delivery, resumption);
                RetireIfUnused();
                break;
            }
        }

        if (resumption is { From: not null })
            Telemetry.Resumed(resumption.Recovered);

        if (resumption is { Recovered: true } or { ReplaysAll: true })
            outlet.Take(); // sends the history

        return member;
    }

    /// <summary>Drops the history that is too old, and the room itself if it has been without members for long enough.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            _log.Trim();
            RetireIfUnused();
        }
    }

    /// <summary>
    /// Puts the messages that were sent before this server had the room into its history, if none has come yet.
    /// </summary>
    /// <param name="position">The position before the first message; null if it is unknown.</param>
    /// <param name="messages">The messages, encoded for <see cref="Canonical"/>, oldest first.</param>
    public void Preload(string? position, IEnumerable<RoomEntry> messages)
    {
        lock (_lock)
        {
            if (_log.IsForgotten)
                _log.Preload(position, messages);
        }
    }

    /// <summary>Removes a member. It still gets the messages that were sent before.</summary>
    public void Remove(Member member)
    {
        member.Outlet.Take();
        Drop(member);
        member.Outlet.Output.Flush(); // messages that came in the meantime, which the room does not flush any more
    }

    /// <summary>Removes a member. Messages that it has not taken count as lost.</summary>
    public void Drop(Member member)
    {
        lock (_lock)
        {
            lock (member.Outlet.Lock)
                member.Outlet.Exit(member);

            RemoveAt(member);
        }
    }

    /// <summary>Tells the members that messages are missing, which other servers have sent.</summary>
    /// <param name="missing">How many; 0 if that is unknown.</param>
    public void SendGap(long missing)
    {
        lock (_lock)
        {
            if (_count > 0 || _log.KeepsHistory)
                Note(_log.AppendGap(missing), bytes: 0);
        }
    }

    /// <summary>Tells the members, if there are any, that an unknown number of messages may be missing.</summary>
    public void SendGapToPresent()
    {
        lock (_lock)
        {
            if (_count > 0)
                Note(_log.AppendGap(missing: 0), bytes: 0);
        }
    }

    /// <summary>Sends a message to all members but one.</summary>
    /// <param name="message">The message.</param>
    /// <param name="except">The id of the connection that does not get it.</param>
    /// <param name="position">Its position; null without history.</param>
    /// <returns>False if the room has just been given up, so that a message for its history needs a new room.</returns>
    /// <exception cref="Exception">The exception of the encoder; no member gets the message.</exception>
    public bool Send(RoomMessage message, string? except, string? position = null)
    {
        var isAhead = false;
        var codecs = _codecs.All;
        while (true)
        {
            foreach (var codec in codecs)
                message.EncodeFor(codec);

            lock (_lock)
            {
                if (_isRetired)
                    return false;

                if (codecs == _codecs.All)
                {
                    isAhead = (_count > 0 || _log.KeepsHistory)
                        && Note(_log.Append(message, except, position), message.Length);
                    break;
                }

                codecs = _codecs.All; // a member with another codec has joined, or the last one with a codec has left
            }
        }

        if (isAhead)
            WalkMembers();

        return true;
    }

    /// <summary>Lets each member take the new entries of the log.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        var last = WalkMembers();
        lock (_lock)
        {
            _isDraining = _log.Last != last;
            if (_isDraining)
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Encodes the history for a connection that comes back with another codec. Not under a lock.</summary>
    /// <returns>The last entry that is encoded; null if there was nothing to do.</returns>
    private RoomEntry? EncodeHistory(RoomCodec codec, Resumption? resumption)
    {
        if (resumption is not { NeedsHistory: true } || Canonical is not { } canonical || canonical.IsLike(codec))
            return null;

        RoomEntry last;
        List<RoomMessage> messages;
        lock (_lock)
            (last, messages) = (_log.Last, _log.Messages());

        foreach (var message in messages)
            message.EncodeFor(codec);

        return last;
    }

    private Member Enter(RoomOutlet outlet, RoomDelivery? delivery, Resumption? resumption)
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

            Add(member, _log.Answer(resumption, outlet));
            if (member.NextEntry is not null)
                outlet.TakeNew(); // before the history is trimmed

            return member;
        }
    }

    private void Add(Member member, RoomEntry from)
    {
        if (_count == _members.Length)
            Array.Resize(ref _members, _count * 2);

        member.Index = _count;
        member.Outlet.Codec = _codecs.Add(member.Outlet.Codec);
        member.Begin(from);
        _members[_count++] = member;
        if (_count == 1)
            _isCounted = Telemetry.Began();
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
        _used = _log.Now;
        if (_count == 0 && _isCounted)
            Telemetry.Ended();

        RetireIfUnused();
    }

    private void RetireIfUnused()
    {
        if (_count > 0 || _isRetired || (Linger is { } linger && _log.Time.GetElapsedTime(_used) <= linger.Time))
            return;

        _isRetired = true;
        _retired(this);
    }

    /// <summary>Notes a new entry of the log, and returns whether the sender is too far ahead of the members.</summary>
    private bool Note(RoomEntry entry, int bytes)
    {
        if (Linger is { AfterMessages: true })
            _used = entry.Time;

        _pending++;
        _pendingBytes += bytes;
        if (!_isDraining)
        {
            _isDraining = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return _pending >= MostPending || _pendingBytes >= _options.MemberBufferSize;
    }

    /// <summary>Lets each member take the new entries. Any thread, not under a lock.</summary>
    /// <returns>An entry that all members have taken now.</returns>
    private RoomEntry WalkMembers()
    {
        RoomEntry last;
        int end;
        var since = Telemetry.BeginFanOut();
        lock (_lock)
        {
            (last, end) = (_log.Last, _count);
            (_pending, _pendingBytes) = (0, 0);
        }

        var chunk = ArrayPool<Member>.Shared.Rent(Math.Min(end, LargestChunk));
        for (var length = end; length > 0 && (length = Copy(ref end, chunk)) > 0;)
        {
            foreach (var member in chunk.AsSpan(0, length))
                member.Outlet.Take(member);
        }

        ArrayPool<Member>.Shared.Return(chunk, clearArray: true);
        Telemetry.FannedOut(since);
        lock (_lock)
            _log.GiveUp(last);

        return last;
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

/// <summary>How long a room stays without members.</summary>
/// <param name="Time">How long.</param>
/// <param name="AfterMessages">Whether the time begins anew with each message.</param>
internal readonly record struct RoomLinger(TimeSpan Time, bool AfterMessages);
