using Krait;
using Microsoft.AspNetCore.Mvc;

namespace Chat;

/// <summary>One client in one room.</summary>
[WebSocketController("/chat/{room}", Sends = typeof(ChatEvent), MaxMessageSize = 16 * 1024)]
public sealed partial class ChatController(ChatRooms rooms, string room, [FromQuery] string name)
{
    private ChatMember? member;

    [OnUpgrade]
    private static UpgradeDecision Check(string room, [FromQuery] string name)
    {
        if (!ChatText.IsRoom(room))
            return UpgradeDecision.Deny(StatusCodes.Status404NotFound, $"A room's name has 1 to {ChatText.MaxRoomLength} characters.");

        if (!ChatText.IsName(name))
            return UpgradeDecision.Deny(StatusCodes.Status400BadRequest, $"A name has 1 to {ChatText.MaxNameLength} characters.");

        return UpgradeDecision.Accept();
    }

    [OnOpen]
    private ChatEvent Enter()
    {
        member = rooms.Enter(room.Trim(), name.Trim(), Connection);
        return member.Welcome;
    }

    [OnMessage]
    private ChatEvent? Say(Say message)
    {
        if (!ChatText.IsMessage(message.Text))
            return ChatEvent.Refused($"A message has 1 to {ChatText.MaxMessageLength} characters.");

        member?.Say(message.Text.Trim());
        return null;
    }

    [OnError]
    private static ChatEvent Refuse(InvalidMessageException error) => ChatEvent.Refused(error.Message);

    [OnClose]
    private void Leave(CloseInfo why) => member?.Leave();
}
