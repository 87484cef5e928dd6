using Krait;

namespace Chat;

/// <summary>Somebody in a room.</summary>
/// <param name="room">The room.</param>
/// <param name="name">The name, which nobody else has in this room.</param>
/// <param name="membership">That the client hears what happens.</param>
/// <param name="welcome">What the client is told first.</param>
public sealed class ChatMember(ChatRoom room, string name, RoomMembership membership, ChatEvent welcome)
{
    public string Name => name;

    public ChatEvent Welcome => welcome;

    /// <summary>Says something to everybody in the room.</summary>
    public void Say(string text) => room.Say(name, text);

    /// <summary>Leaves the room; the others are told.</summary>
    public void Leave()
    {
        membership.Dispose();
        room.Leave(name);
    }
}
