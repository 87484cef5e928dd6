namespace Krait.Rooms;

/// <summary>
/// A message in the log of a room. The log is a list: each member knows the last entry that it has taken, and nobody else keeps
/// what all have taken.
/// </summary>
/// <param name="message">The message; null in the entry that a log begins with.</param>
/// <param name="except">The id of the connection that does not get it.</param>
internal sealed class RoomEntry(RoomMessage? message, string? except)
{
    private static readonly RoomEntry s_cut = new(null, null);
    private static long s_number;

    private RoomEntry? _next;
    private RoomBatch? _batch;

    public RoomMessage Message => message!;

    public string? Except => except;

    /// <summary>Grows with every message to any room, so that one who is in several gets their messages in order.</summary>
    public long Number { get; private set; }

    /// <summary>The next entry; null if there is none.</summary>
    public RoomEntry? Next => Volatile.Read(ref _next);

    /// <summary>The following entries in one piece, once a member has found more than one of them new. Any thread.</summary>
    public RoomBatch? Batch
    {
        get => Volatile.Read(ref _batch);
        set => Volatile.Write(ref _batch, value);
    }

    /// <summary>Puts an entry after this one, which is the last. Under the room's lock.</summary>
    public void Append(RoomEntry entry)
    {
        entry.Number = Interlocked.Increment(ref s_number);
        Volatile.Write(ref _next, entry);
    }

    /// <summary>
    /// Separates this entry, which every member has taken, from those that follow: if the garbage collector has not freed it
    /// yet, it must not keep them alive.
    /// </summary>
    /// <remarks>Who still looks at it must not believe that nothing follows, so it gets another next entry.</remarks>
    public void Cut() => Volatile.Write(ref _next, s_cut);
}
