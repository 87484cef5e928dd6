using Krait;
using Microsoft.AspNetCore.Mvc;

namespace Krait.App_1;

/// <summary>One connection to a chat room. Everybody in the room gets each message, on plain WebSockets as JSON.</summary>
[WebSocketController("/chat/{room}", Sends = typeof(Said))]
// Anybody can choose any name. Check its length, and take it from Connection.User when users log in.
public sealed partial class ChatController([Room("chat/{room}")] IRoom<Said> room, [FromQuery] string name)
{
    [OnOpen]
    private Said Welcome() => new("Krait", $"Welcome, {name}.");

    [OnMessage]
    private void Hear(Say message) => room.Send(new Said(name, message.Text));
}
