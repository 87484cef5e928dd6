using Chat;

namespace Samples.Tests;

/// <summary>A client of the chat.</summary>
internal sealed class FakeMember : FakeClient<ChatEvent>
{
    public ChatMember Enter(ChatRooms rooms, string room, string name)
    {
        var member = rooms.Enter(room, name, this);
        Told.Add(member.Welcome);
        return member;
    }
}
