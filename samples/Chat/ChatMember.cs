using Krait;

namespace Chat;

/// <summary>Somebody in a room.</summary>
/// <param name="room">The room.</param>
/// <param name="name">The name, which nobody else has in this room.</param>
/// <param name="client">What leads to the client.</param>
/// <param name="tooSlow">Called when the client has so much to read that an event had to be dropped.</param>
public sealed class ChatMember(ChatRoom room, string name, IMessageSender<ChatEvent> client, Action tooSlow)
{
    public string Name => name;

    /// <summary>Says something to everybody in the room.</summary>
    public void Say(string text) => room.Say(name, text);

    /// <summary>Leaves the room; the others are told.</summary>
    public void Leave() => room.Leave(this);

    /// <summary>Tells the client without waiting for it, so that one slow reader never holds up a room.</summary>
    internal void Tell(ChatEvent happened)
    {
        if (!client.TrySend(happened))
            tooSlow();
    }
}
