// ... header

namespace Rooms;

partial class ChatController : global::Krait.IWebSocketController<global::Rooms.ChatController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Rooms.Said> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::Rooms.ChatController>
        global::Krait.IWebSocketController<global::Rooms.ChatController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::Rooms.ChatController,
                global::Rooms.Say,
                global::Rooms.Said>
        {
            Pattern = "/chat/{room}",
            Protocols = ["chat.v2", "chat.v1"],
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind => new global::Rooms.ChatController(
                bind.Service<global::Rooms.ChatRooms>(),
                bind.Route("room").Text()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnUpgrade = static bind =>
                new global::System.Threading.Tasks.ValueTask<global::Krait.UpgradeDecision>(
                    global::Rooms.ChatController.Check(bind.Request, bind.Route("room").Text())),
            OnOpen = static _ => static (controller, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Enter()),
            OnMessage = static (controller, message, connection) =>
            {
                controller.Say(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::Krait.InvalidMessageException match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Bad(match));
                    default:
                        return null;
                }
            },
            OnClose = static (controller, close, cancellationToken) =>
            {
                controller.Leave(close);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("Say")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Said")],
            SentCase = static _ => 0,
            Decoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Rooms.Say>(global::Rooms.ChatJson.Default),
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Rooms.Said>(global::Rooms.ChatJson.Default),
        };
}
