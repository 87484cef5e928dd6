// ... header

partial class ChatController : global::Krait.IWebSocketController<global::ChatController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::ChatEvent> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::ChatController>
        global::Krait.IWebSocketController<global::ChatController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ChatController, string, global::ChatEvent>
        {
            Pattern = "/chat/{room}",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["chat/{room}"],
            Members = global::Krait.CompilerServices.MemberContract.Json<global::Person>(global::PersonJson.Default),
            Create = static bind => new global::ChatController(
                bind.Room<global::ChatEvent, global::Person>("chat/" + bind.RoomPart("room")),
                bind.Query("name").Text()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
                global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Enter()),
            OnPresence = static (controller, change, connection) =>
                global::Krait.CompilerServices.Replies.Reply(
                    connection,
                    controller.Changed((global::Krait.PresenceChange<global::Person>)change)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Welcome", "welcome"),
                new("PeopleChanged", "people"),
            ],
            SentCase = static message => message switch
            {
                global::Welcome => 0,
                global::PeopleChanged => 1,
                _ => -1,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::ChatEvent>(global::ChatJson.Default),
        };
}
