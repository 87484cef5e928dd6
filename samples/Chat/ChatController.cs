using Krait;
using Microsoft.AspNetCore.Mvc;

namespace Chat;

/// <summary>One client in one room. The room has the list of members and the history, on one server or on several.</summary>
[WebSocketController("/chat/{room}", MaxMessageSize = 16 * 1024)]
public sealed partial class ChatController(
    [Room("chat/{room}")] IRoom<ChatEvent, ChatPerson> room, [FromQuery] string name, TimeProvider clock)
{
    private ChatPerson Me => field ??= new(Connection.ConnectionId, name.Trim());

    [OnUpgrade]
    private static UpgradeDecision Check(string room, [FromQuery] string name)
    {
        if (!ChatText.IsRoom(room))
        {
            return UpgradeDecision.Deny(
                StatusCodes.Status404NotFound,
                $"A room's name has 1 to {ChatText.MaxRoomLength} characters, no spaces around them.");
        }

        if (!ChatText.IsName(name))
            return UpgradeDecision.Deny(StatusCodes.Status400BadRequest, $"A name has 1 to {ChatText.MaxNameLength} characters.");

        return UpgradeDecision.Accept();
    }

    /// <summary>
    /// Welcomes the client. The room then sends the lines that the client missed, or else all lines that it keeps.
    /// </summary>
    [OnOpen]
    private async Task<ChatEvent> Enter([Resume(ReplayAll = true)] Resumption resumed)
    {
        room.Announce(Connection, Me);
        return ChatEvent.Welcome(Me, await room.MembersAsync(), resumed.Recovered);
    }

    /// <summary>Tells the client which people came and went, at most four times in a second.</summary>
    [OnPresence]
    private static ChatEvent Move(PresenceChange<ChatPerson> change) => ChatEvent.Moved(change.Joined, change.Left);

    [OnMessage]
    private async Task<ChatEvent?> Say(Say message)
    {
        if (!ChatText.IsMessage(message.Text))
            return ChatEvent.Refused($"A message has 1 to {ChatText.MaxMessageLength} characters.");

        await room.SendAsync(ChatEvent.Said(new(Me, message.Text.Trim(), clock.GetUtcNow())));
        return null; // the room sends it to all members, this client included
    }

    [OnLost]
    private static ChatEvent Miss(LostMessages lost) => ChatEvent.Missing();

    [OnError]
    private static ChatEvent Refuse(InvalidMessageException error) => ChatEvent.Refused(error.Message);

    /// <summary>Answers a message that was not sent, because the servers of the chat cannot reach each other.</summary>
    [OnError]
    private static ChatEvent Refuse(RoomUnavailableException error) =>
        ChatEvent.Refused("The message was not sent, because the room cannot be reached. Please try again.");
}
