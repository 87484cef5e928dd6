using Krait;

namespace Chat;

/// <summary>All rooms. A room opens when the first one enters it. Thread-safe.</summary>
public sealed class ChatRooms(IRooms<ChatEvent> clients, TimeProvider clock)
{
    /// <summary>Beyond as many, the rooms that have been empty longest are forgotten.</summary>
    public const int MaxRooms = 1000;

    // Always taken before a room's own lock: no room is forgotten while somebody enters it.
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChatRoom> rooms = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Enters a room; the others are told.</summary>
    /// <param name="room">The room's name, in any case.</param>
    /// <param name="name">The name wished for; the member may get another.</param>
    /// <param name="client">What leads to the client.</param>
    public ChatMember Enter(string room, string name, IMessageSender<ChatEvent> client)
    {
        lock (gate)
            return Open(room).Enter(name, client);
    }

    private ChatRoom Open(string name)
    {
        if (rooms.TryGetValue(name, out var room))
            return room;

        while (rooms.Count >= MaxRooms && OldestEmpty() is { } oldest)
            rooms.Remove(oldest.Name);

        return rooms[name] = new ChatRoom(name, clients["chat/" + name], clock);
    }

    private ChatRoom? OldestEmpty() => rooms.Values.Where(room => room.EmptySince is not null).MinBy(room => room.EmptySince);
}
