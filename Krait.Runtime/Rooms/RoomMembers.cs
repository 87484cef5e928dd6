using System.Diagnostics;
using Krait.Transport;

namespace Krait.Rooms;

/// <summary>The members of one room, while it has any. Thread-safe.</summary>
/// <remarks>
/// Every send happens under the lock, so that all members get the messages in one order. It only puts references in line. The
/// thread pool flushes afterwards, so that a burst of messages leaves in one write for each member. Order of locks: the room's,
/// then that of a member's output. No encoder and no user code runs under either.
/// </remarks>
internal sealed class RoomMembers(string name, RoomOptions options, Action<RoomMembers> emptied) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private Member[] _members = new Member[4];
    private readonly RoomCodecs _codecs = new();
    private List<TransportOutput> _unflushed = [];
    private List<TransportOutput> _flushing = [];
    private volatile int _count;
    private bool _isFlushing;
    private bool _isRetired;

    public string Name => name;

    public RoomOptions Options => options;

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

    /// <summary>Removes a member.</summary>
    public void Remove(Member member)
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
        List<RoomOutlet>? tooSlow;
        var codecs = _codecs.All;
        while (true)
        {
            foreach (var codec in codecs)
                message.EncodeFor(codec);

            lock (_lock)
            {
                if (codecs == _codecs.All)
                {
                    tooSlow = OfferAll(message, except);
                    StartFlushing();
                    break;
                }

                codecs = _codecs.All; // somebody with another codec has joined, or the last one with a codec has left
            }
        }

        foreach (var outlet in tooSlow ?? [])
            outlet.CloseTooSlow();
    }

    /// <summary>Flushes the members that have messages in line.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (TryTakeUnflushed())
        {
            foreach (var output in _flushing)
                output.FlushLater();

            _flushing.Clear();
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
        _members[_count++] = member;
        _codecs.Add(member.Outlet.Codec);
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
        emptied(this);
    }

    private List<RoomOutlet>? OfferAll(RoomMessage message, string? except)
    {
        List<RoomOutlet>? tooSlow = null;
        for (var index = _count - 1; index >= 0; index--) // backwards: the last member takes the place of a removed one
        {
            var member = _members[index];
            var outlet = member.Outlet;
            if (except is not null && outlet.IsOf(except))
                continue;

            if (Offer(member, outlet, message))
                (tooSlow ??= []).Add(outlet);
        }

        return tooSlow;
    }

    /// <summary>Returns whether the member was removed because it reads too slowly.</summary>
    private bool Offer(Member member, RoomOutlet outlet, RoomMessage message)
    {
        lock (outlet.Lock)
        {
            switch (outlet.Offer(member, message))
            {
                case OfferResult.Done:
                    return false;
                case OfferResult.Flush:
                    _unflushed.Add(outlet.Output);
                    return false;
                default:
                    outlet.Exit(member);
                    break;
            }
        }

        RemoveAt(member);
        return true;
    }

    private void StartFlushing()
    {
        if (_isFlushing || _unflushed.Count == 0)
            return;

        _isFlushing = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTakeUnflushed()
    {
        lock (_lock)
        {
            (_unflushed, _flushing) = (_flushing, _unflushed);
            return _isFlushing = _flushing.Count > 0;
        }
    }
}
