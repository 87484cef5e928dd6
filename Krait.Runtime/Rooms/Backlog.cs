using System.Diagnostics;
using Krait.CompilerServices;

namespace Krait.Rooms;

/// <summary>
/// The backlog of one member that reads slowly: references to messages, in order, and gaps where messages were dropped. Guarded
/// by the output's lock.
/// </summary>
/// <remarks>
/// A ring. The numbers of entries always grow; entry n is at <c>n % length</c>.
/// <code>
///   _first                                 _end
///   | message | gap (3 lost) | quote A | quote B |
///                            \____ run ____/
/// </code>
/// The run at the end holds only messages that may be conflated; _keys finds them. A dropped message leaves a gap in its place.
/// A gap is added to one at the end. When the ring is full, gaps next to each other become one, and so do messages with the same
/// key, unless a message that may not be conflated is between them.
/// </remarks>
internal sealed class Backlog
{
    /// <summary>How many messages that may be conflated may wait.</summary>
    public const int MostKeys = 4096;

    /// <summary>Says that a gap has an unknown size.</summary>
    public const long Unknown = -1;

    private const int SmallestRing = 8;

    private Entry[] _ring = [];
    private Dictionary<ConflationKey, long>? _keys; // of the run at the end; made when something is conflated for the first time
    private long _first;
    private long _end;
    private long _firstDroppable; // no entry before it may be dropped
    private int _conflatable;
    private long _reported; // of Conflated, by TakeConflated
    private bool _hasMerged = true; // whether nothing was evicted since entries were merged

    /// <summary>How many messages wait.</summary>
    public int Messages { get; private set; }

    /// <summary>How many bytes they take on the wire, by the codec of this member.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many messages were dropped.</summary>
    public long Lost { get; private set; }

    /// <summary>How many messages were replaced.</summary>
    public long Conflated { get; private set; }

    public bool IsEmpty => _first == _end;

    /// <summary>How many waiting messages may not be conflated; the member's capacity limits them.</summary>
    public int Plain => Messages - _conflatable;

    /// <summary>Appends a message. It is a barrier: later messages do not replace those before it.</summary>
    public void Add(RoomMessage message, int bytes, bool mayBeDropped)
    {
        Append(new(message, bytes, mayBeDropped));
        _keys?.Clear();
    }

    /// <summary>Replaces the waiting message with the same key, or appends.</summary>
    /// <returns>False if too many keys wait.</returns>
    public bool TryConflate(RoomMessage message, int bytes)
    {
        _keys ??= [];
        if (_keys.TryGetValue(message.Key, out var number))
        {
            Replace(ref At(number), message, bytes);
            return true;
        }

        if (_conflatable == MostKeys)
            Merge();

        if (_conflatable == MostKeys)
            return false;

        Append(new(message, bytes, mayBeDropped: false) { IsConflatable = true });
        _conflatable++;
        _keys[message.Key] = _end - 1;
        return true;
    }

    /// <summary>Drops a message instead of adding it; the gap is at the end.</summary>
    public void DropNewest(DateTimeOffset now)
    {
        Lost++;
        AppendGap(Entry.Gap(1, now));
    }

    /// <summary>Adds a gap: messages that this server never had.</summary>
    /// <param name="missing">How many; 0 if that is unknown.</param>
    /// <param name="now">The time.</param>
    public void AddGap(long missing, DateTimeOffset now) =>
        AppendGap(Entry.Gap(missing, now) with { IsUnknown = missing == 0 });

    /// <summary>Drops the oldest message that may be dropped.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryDropOldest(DateTimeOffset now)
    {
        _firstDroppable = Math.Max(_firstDroppable, _first);
        while (_firstDroppable < _end && !At(_firstDroppable).MayBeDropped)
            _firstDroppable++;

        if (_firstDroppable == _end)
            return false;

        Lost++;
        ref var entry = ref At(_firstDroppable);
        Forget(entry);
        entry = Entry.Gap(1, now);
        _hasMerged = false;
        MergeWithGapBefore(_firstDroppable);
        return true;
    }

    /// <summary>Takes the next entry.</summary>
    /// <param name="message">The message; null if there is a gap.</param>
    /// <param name="lost">
    /// How many messages are missing, if there is a gap; 0 for a message or an empty gap, <see cref="Unknown"/> for a gap of
    /// unknown size.
    /// </param>
    /// <param name="since">When the first of them was dropped.</param>
    public void Take(out RoomMessage? message, out long lost, out DateTimeOffset since)
    {
        Debug.Assert(!IsEmpty);
        ref var entry = ref At(_first);
        message = entry.Message;
        lost = entry.IsUnknown ? Unknown : entry.Lost;
        since = entry.Since;
        if (entry.IsConflatable && _keys!.TryGetValue(message!.Key, out var number) && number == _first)
            _keys.Remove(message.Key);

        Forget(entry);
        entry = default;
        _first++;
        if (IsEmpty)
            Clear();
    }

    /// <summary>Returns how many messages were replaced since the last call.</summary>
    public long TakeConflated()
    {
        var conflated = Conflated - _reported;
        _reported = Conflated;
        return conflated;
    }

    /// <summary>Counts a message that never came here.</summary>
    public void CountLost() => Lost++;

    /// <summary>Drops everything, and counts it as lost.</summary>
    public void DropAll()
    {
        Lost += Messages;
        Clear();
    }

    /// <summary>Forgets everything, and gives the memory back.</summary>
    public void Clear()
    {
        _ring = [];
        _keys = null;
        _first = _end = _firstDroppable = 0;
        _conflatable = Messages = 0;
        Bytes = 0;
        _hasMerged = true;
    }

    private ref Entry At(long number) => ref _ring[number & (_ring.Length - 1)];

    private void Append(in Entry entry)
    {
        if (_end - _first == _ring.Length)
            MakeRoom();

        At(_end++) = entry;
        if (entry.IsGap)
            return;

        Messages++;
        Bytes += entry.Bytes;
    }

    /// <summary>Appends a gap, or adds it to the one at the end: a member that takes nothing may miss any number.</summary>
    private void AppendGap(in Entry gap)
    {
        if (IsEmpty || !TryAddTo(ref At(_end - 1), gap))
            Append(gap);
    }

    private void Replace(ref Entry entry, RoomMessage message, int bytes)
    {
        Conflated++;
        Bytes += bytes - entry.Bytes;
        entry.Message = message;
        entry.Bytes = bytes;
    }

    private void Forget(in Entry entry)
    {
        if (entry.IsGap)
            return;

        Messages--;
        Bytes -= entry.Bytes;
        if (entry.IsConflatable)
            _conflatable--;
    }

    private void MergeWithGapBefore(long number)
    {
        if (number == _first || At(number - 1) is not { IsGap: true, IsUnknown: false })
            return; // Merge sees to unknown ones

        ref var gap = ref At(number);
        ref var before = ref At(number - 1);
        gap.Lost += before.Lost;
        gap.Since = before.Since;
        before.Lost = 0;
        if (number - 1 == _first)
            _first++;
    }

    private void MakeRoom()
    {
        if (!_hasMerged)
            Merge();

        var count = (int)(_end - _first);
        if (count <= _ring.Length / 2 && count > 0)
            return;

        Rebuild(Math.Max(SmallestRing, _ring.Length * 2), _first, count);
    }

    private void Rebuild(int size, long first, int count)
    {
        var ring = new Entry[size];
        for (var number = first; number < first + count; number++)
            ring[number & (size - 1)] = At(number);

        _ring = ring;
    }

    /// <summary>
    /// Makes one gap of those next to each other, and one message of those with the same key that nothing separates any more.
    /// </summary>
    private void Merge()
    {
        _hasMerged = true;
        _keys ??= [];
        _keys.Clear();
        var end = _first;
        for (var number = _first; number < _end; number++)
        {
            var entry = At(number);
            if (!TryMerge(entry, end))
                At(end++) = entry;
        }

        for (var number = end; number < _end; number++)
            At(number) = default;

        _end = end;
        _firstDroppable = _first;
    }

    private bool TryMerge(in Entry entry, long end)
    {
        if (entry.IsGap)
            return TryMergeGap(entry, end);

        if (!entry.IsConflatable)
        {
            _keys!.Clear();
            return false;
        }

        if (!_keys!.TryGetValue(entry.Message!.Key, out var number))
        {
            _keys[entry.Message.Key] = end;
            return false;
        }

        Forget(entry);
        Bytes += entry.Bytes - At(number).Bytes;
        Conflated++;
        At(number).Message = entry.Message;
        At(number).Bytes = entry.Bytes;
        return true;
    }

    private bool TryMergeGap(in Entry gap, long end)
    {
        if (gap is { Lost: 0, IsUnknown: false })
            return true;

        return end > _first && TryAddTo(ref At(end - 1), gap);
    }

    /// <summary>Adds a gap to the entry before it. False if that is a message, or a gap that has become empty.</summary>
    private static bool TryAddTo(ref Entry before, in Entry gap)
    {
        if (before is not ({ IsGap: true, Lost: > 0 } or { IsUnknown: true }))
            return false;

        before.Lost += gap.Lost;
        before.IsUnknown |= gap.IsUnknown;
        return true;
    }

    private struct Entry
    {
        public Entry(RoomMessage message, int bytes, bool mayBeDropped)
        {
            Message = message;
            Bytes = bytes;
            MayBeDropped = mayBeDropped;
        }

        /// <summary>Null in a gap.</summary>
        public RoomMessage? Message { get; set; }

        public int Bytes { get; set; }

        public bool MayBeDropped { get; }

        public bool IsConflatable { get; init; }

        public long Lost { get; set; }

        public bool IsUnknown { get; set; }

        public DateTimeOffset Since { get; set; }

        public readonly bool IsGap => Message is null;

        public static Entry Gap(long lost, DateTimeOffset since) => new() { Lost = lost, Since = since };
    }
}
