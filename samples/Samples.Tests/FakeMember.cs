using Chat;

namespace Samples.Tests;

/// <summary>A client of the chat.</summary>
internal sealed class FakeMember : FakeClient<ChatEvent>
{
    /// <summary>How often the room complained that the client is too slow.</summary>
    public int Complaints { get; private set; }

    public ChatMember Enter(ChatRooms rooms, string room, string name) => rooms.Enter(room, name, this, () => Complaints++);
}
