// ... header

partial class FeedController : global::Krait.IWebSocketController<global::FeedController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Feed> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::FeedController>
        global::Krait.IWebSocketController<global::FeedController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::FeedController, string, global::Feed>
        {
            Pattern = "/feed/{exchange}/{symbol}",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["feed/{exchange}/{symbol}", "all"],
            Create = static bind => new global::FeedController(
                bind.Room<global::Feed>("feed/" + bind.RoomPart("exchange") + "/" + bind.RoomPart("symbol")),
                bind.Room<global::Feed>("all")),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnLost = static (controller, lost, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Resync(lost, connection.Stopping)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Quote", "quote"),
                new("FineTick", "fineTick"),
                new("Tick", "tick"),
                new("TradeDone", "tradeDone"),
            ],
            SentCase = static message => message switch
            {
                global::Quote => 0,
                global::FineTick => 1,
                global::Tick => 2,
                global::TradeDone => 3,
                _ => -1,
            },
            WhenSlow = static message => message switch
            {
                global::Quote match => global::Krait.CompilerServices.MessagePolicy.Conflate(0, match.Symbol),
                global::FineTick => global::Krait.CompilerServices.MessagePolicy.Of(global::Krait.SlowReaderPolicy.DropNewest),
                global::Tick => global::Krait.CompilerServices.MessagePolicy.Of(global::Krait.SlowReaderPolicy.DropOldest),
                _ => default,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Feed>(global::FeedJson.Default),
        };
}
