namespace Krait.Rooms;

/// <summary>
/// A message in the log of a room, or a gap: messages that other servers sent are missing here. The log is a linked list. Each
/// member keeps the entry that it took last. The room forgets entries that all members have taken, unless it keeps a history.
/// </summary>
/// <param name="message">The message; null in a gap, and in the entry that a log begins with.</param>
/// <param name="except">The id of the connection that does not get it.</param>
internal sealed class RoomEntry(RoomMessage? message, string? except = null)
{
    private static readonly RoomEntry s_cut = new(null);
    private static long s_lastNumber;

    private RoomMessage? _message = message;
    private RoomEntry? _next;
    private RoomBatch? _batch;

    /// <summary>
    /// The number that was given last. Any entry with a smaller number is in its log, or another thread is putting it there.
    /// </summary>
    public static long LastNumber => Volatile.Read(ref s_lastNumber);

    public RoomMessage Message => _message!;

    /// <summary>Whether there is no message here; a member takes nothing.</summary>
    public bool IsEmpty => _message is null && !IsGap;

    /// <summary>Whether messages are missing here.</summary>
    public bool IsGap { get; private init; }

    /// <summary>How many messages are missing; 0 if that is unknown.</summary>
    public long Missing { get; private init; }

    /// <summary>Whether all members get the message.</summary>
    public bool IsForAll => except is null && _message is not null;

    /// <summary>The position of the message for clients; null if the room keeps no history, or it is unknown.</summary>
    public string? Position { get; set; }

    /// <summary>When the message came, as a timestamp. Only for rooms with history.</summary>
    public long Time { get; init; }

    /// <summary>Whether all members have taken it, so that only clients that come back take it again.</summary>
    public bool IsHistory { get; private set; }

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

    /// <summary>Makes a gap.</summary>
    /// <param name="missing">How many messages are missing; 0 if that is unknown.</param>
    /// <param name="time">The time, as a timestamp.</param>
    public static RoomEntry Gap(long missing, long time) => new(null) { IsGap = true, Missing = missing, Time = time };

    /// <summary>Keeps the message for clients that come back.</summary>
    public void Keep() => IsHistory = true;

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
