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
            Pattern = "/feed",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::FeedController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Open()),
            OnExpiring = static (controller, expiration, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Warn(expiration)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Expiring", "expiring"),
                new("Quote", "quote"),
            ],
            SentCase = static message => message switch
            {
                global::Expiring => 0,
                global::Quote => 1,
                _ => -1,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Feed>(global::FeedJson.Default),
        };
}
