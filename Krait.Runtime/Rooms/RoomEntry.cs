namespace Krait.Rooms;

/// <summary>
/// A message in the log of a room. The log is a linked list. Each member keeps the entry that it took last; what all members have
/// taken is given up.
/// </summary>
/// <param name="message">The message; null in the entry that a log begins with.</param>
/// <param name="except">The id of the connection that does not get it.</param>
internal sealed class RoomEntry(RoomMessage? message, string? except)
{
    private static readonly RoomEntry s_cut = new(null, null);
    private static long s_lastNumber;

    private RoomMessage? _message = message;
    private RoomEntry? _next;
    private RoomBatch? _batch;

    /// <summary>
    /// The number that was given last. Any entry with a smaller number is in its log, or is just being put there.
    /// </summary>
    public static long LastNumber => Volatile.Read(ref s_lastNumber);

    public RoomMessage Message => _message!;

    /// <summary>Whether everybody gets the message.</summary>
    public bool IsForAll => except is null;

    /// <summary>Grows with every message to any room, so that a member of several rooms gets their messages in order.</summary>
    public long Number { get; private set; }

    /// <summary>The next entry; null if there is none.</summary>
    public RoomEntry? Next => Volatile.Read(ref _next);

    /// <summary>The following entries in one piece, once a member has found more than one of them new. Any thread.</summary>
    public RoomBatch? Batch
    {
        get => Volatile.Read(ref _batch);
        set => Volatile.Write(ref _batch, value);
    }

    /// <summary>Whether the connection with that id gets the message.</summary>
    public bool IsFor(string connectionId) => except != connectionId;

    /// <summary>Puts an entry after this one, which is the last. Under the room's lock.</summary>
    public void Append(RoomEntry entry)
    {
        entry.Number = Interlocked.Increment(ref s_lastNumber);
        Volatile.Write(ref _next, entry);
    }

    /// <summary>Gives up the message, which every member has taken.</summary>
    public void Forget() => _message = null;

    /// <summary>
    /// Separates the entry from those that follow. Otherwise it would keep them alive until the garbage collector frees it.
    /// </summary>
    /// <remarks>
    /// A thread that looks at it without a lock must not believe that nothing follows, so it gets another next entry.
    /// </remarks>
    public void Cut() => Volatile.Write(ref _next, s_cut);
}
