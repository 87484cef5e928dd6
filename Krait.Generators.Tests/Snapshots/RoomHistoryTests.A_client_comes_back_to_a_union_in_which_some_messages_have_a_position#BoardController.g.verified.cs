// ... header

partial class BoardController : global::Krait.IWebSocketController<global::BoardController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::IBoardEvent> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::BoardController>
        global::Krait.IWebSocketController<global::BoardController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::BoardController, string, global::IBoardEvent>
        {
            Pattern = "/boards/{board}",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["boards/{board}"],
            Create = static bind =>
                new global::BoardController(bind.Room<global::IBoardEvent>("boards/" + bind.RoomPart("board"))),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static bind =>
            {
                var resumed = bind.Resume("last");
                var board = bind.Route("board").Text();
                return (controller, connection) =>
                    global::Krait.CompilerServices.Replies.Reply(connection, controller.Enter(resumed, board));
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Said", "said"),
                new("Drawn", "drawn"),
                new("Mark", "mark"),
                new("Welcome", "welcome"),
            ],
            SentCase = static message => message switch
            {
                global::Said => 0,
                global::Drawn => 1,
                global::Mark => 2,
                global::Welcome => 3,
                _ => -1,
            },
            WithPosition = static (message, position) =>
            {
                switch (message)
                {
                    case global::Said match:
                        return match with { At = position };
                    case global::Drawn match:
                        match.@event = position;
                        return match;
                    case global::Mark match:
                        return match with { At = position };
                    default:
                        return message;
                }
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::IBoardEvent>(global::BoardJson.Default),
        };
}
