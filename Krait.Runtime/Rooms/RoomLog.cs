using System.Diagnostics;

namespace Krait.Rooms;

/// <summary>The log of a room: messages that members have not taken yet, and the history, if the room keeps one.</summary>
/// <remarks>
/// Guarded by the room's lock. A member that has taken an entry goes on with the next without the lock.
/// <code>
///   _kept --> message --> message --> _taken --> message --> Last
///             \_______ history _____________/    \_ not taken by all _/
/// </code>
/// The message of _kept is dropped already. Its position is still known, so that a client can come back to it. Without history,
/// _kept and _taken are the same.
/// </remarks>
internal sealed class RoomLog
{
    private readonly RoomHistory? _history;
    private RoomEntry _kept;
    private RoomEntry _taken;
    private RoomEntry _afterGap; // no client can come back to an entry before it
    private int _length; // of the history

    /// <summary>Makes an empty log.</summary>
    /// <param name="history">The limits of the history; null keeps none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="position">The position before the first message; null if it is unknown.</param>
    public RoomLog(RoomHistory? history, TimeProvider time, string? position)
    {
        (_history, Time) = (history, time);
        Last = _taken = _kept = _afterGap = new(null) { Position = position };
    }

    /// <summary>The last entry.</summary>
    public RoomEntry Last { get; private set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The time, as a timestamp.</summary>
    public long Now => Time.GetTimestamp();

    /// <summary>Whether messages stay for clients that come back.</summary>
    public bool KeepsHistory => _history is not null;

    /// <summary>Whether there is anything to which a client could come back.</summary>
    public bool IsForgotten => _kept == Last;

    /// <summary>Appends a message.</summary>
    public RoomEntry Append(RoomMessage message, string? except, string? position) =>
        Append(new(message, except) { Position = position, Time = KeepsHistory ? Now : 0 });

    /// <summary>Appends a gap: messages that this server never had.</summary>
    /// <param name="missing">How many; 0 if that is unknown.</param>
    public RoomEntry AppendGap(long missing) => _afterGap = Append(RoomEntry.Gap(missing, Now));

    /// <summary>Puts the messages that were sent before this server had the room into the log, which must be empty.</summary>
    /// <param name="position">The position before the first entry; null if it is unknown.</param>
    /// <param name="entries">The messages, oldest first.</param>
    public void Preload(string? position, IEnumerable<RoomEntry> entries)
    {
        Debug.Assert(IsForgotten && KeepsHistory);
        var first = new RoomEntry(null) { Position = position };
        var before = first;
        foreach (var entry in entries)
        {
            before.Append(entry);
            entry.Keep();
            before = entry;
            _length++;
        }

        Last.Position = before.Position;
        before.Append(Last);
        _length++;
        (_kept, _afterGap) = (first, first);
    }

    /// <summary>All members have taken an entry.</summary>
    public void GiveUp(RoomEntry last)
    {
        while (_taken.Number < last.Number) // another thread may have walked further
        {
            var entry = _taken;
            _taken = entry.Next!;
            if (_history is null)
            {
                _taken.Forget();
                entry.Cut();
                _kept = _taken;
                continue;
            }

            entry.Batch = null; // else the history would keep the messages twice
            _taken.Keep();
            _length++;
        }

        Trim();
    }

    /// <summary>Gives up the part of the history that is too long or too old.</summary>
    public void Trim()
    {
        if (_history is null)
            return;

        while (_kept != _taken && (_length > _history.Length || IsTooOld(_kept.Next!)))
        {
            var entry = _kept;
            _kept = entry.Next!;
            _kept.Forget();
            entry.Cut();
            _length--;
        }
    }

    /// <summary>Finds where a client comes back, and tells it whether it gets all that it missed.</summary>
    /// <param name="resumption">The request of the client; null if there is none.</param>
    /// <param name="outlet">Its connection, for whose codec the history is encoded.</param>
    /// <returns>The entry after which its messages begin.</returns>
    public RoomEntry Answer(Resumption? resumption, RoomOutlet outlet)
    {
        if (resumption is null)
            return Last;

        Trim();
        resumption.Position = Last.Position;
        var found = resumption.From is { } from ? Find(from) : null;
        resumption.Recovered = found is not null && BytesAfter(found, outlet.Codec) <= outlet.LargestBacklog;
        if (resumption.Recovered)
            return found!;

        return resumption.ReplaysAll ? FirstWithin(outlet.LargestBacklog, outlet.Codec) : Last;
    }

    /// <summary>All messages to which a client could come back.</summary>
    public List<RoomMessage> Messages()
    {
        var messages = new List<RoomMessage>();
        for (var entry = First.Next; entry is not null; entry = entry.Next)
        {
            if (!entry.IsEmpty && !entry.IsGap)
                messages.Add(entry.Message);
        }

        return messages;
    }

    /// <summary>Finds the entry at a position; null if messages after it are missing.</summary>
    private RoomEntry? Find(string position)
    {
        for (var entry = First; entry is not null; entry = entry.Next)
        {
            if (entry.Position == position)
                return entry;
        }

        return null;
    }

    /// <summary>How many bytes the messages after an entry take.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="codec">The codec of the client, for which they are encoded.</param>
    private static long BytesAfter(RoomEntry entry, RoomCodec codec)
    {
        var bytes = 0L;
        while (entry.Next is { } next)
        {
            entry = next;
            bytes += Bytes(entry, codec);
        }

        return bytes;
    }

    /// <summary>Finds the entry after which everything is kept, or as much of it as fits into a number of bytes.</summary>
    private RoomEntry FirstWithin(long most, RoomCodec codec)
    {
        var first = First;
        for (var bytes = BytesAfter(first, codec); bytes > most && first.Next is { } next; first = next)
            bytes -= Bytes(next, codec);

        return first;
    }

    private RoomEntry First => _afterGap.Number > _kept.Number ? _afterGap : _kept;

    private static int Bytes(RoomEntry entry, RoomCodec codec) =>
        entry.IsEmpty || entry.IsGap ? 0 : entry.Message.For(codec).Length;

    private bool IsTooOld(RoomEntry entry) => Time.GetElapsedTime(entry.Time) > _history!.Age;

    private RoomEntry Append(RoomEntry entry)
    {
        Last.Append(entry);
        return Last = entry;
    }
}
