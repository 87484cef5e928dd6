// ... header

partial class OrderController : global::Krait.IWebSocketController<global::OrderController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Quote> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::OrderController>
        global::Krait.IWebSocketController<global::OrderController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::OrderController, global::Order, global::Quote>
        {
            Pattern = "/orders",
            Protocols = ["v1+pack", "v1+json"],
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::OrderController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::Buy match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Buy(match));
                    case global::Sell match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Sell(match));
                    default:
                        throw new global::Krait.InvalidMessageException(
                            global::Krait.InvalidMessageKind.UnknownType,
                            "No handler takes the message.");
                }
            },
            ReceivedCases = [
                new("Buy", "buy"),
                new("Sell", "sell"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Buy => 0,
                global::Sell => 1,
                _ => -1,
            },
            SentCases = [new("Quote")],
            SentCase = static _ => 0,
            Decoder = static codecs => codecs.Protocol switch
            {
                "v1+pack" => codecs.Of(static _ => new global::PackCodec<global::Order>()),
                _ =>
                    codecs.Of(
                        static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Order>(global::OrderJson.Default)),
            },
            Encoder = static codecs => codecs.Protocol switch
            {
                "v1+pack" => codecs.Of(static _ => new global::PackCodec<global::Quote>()),
                _ =>
                    codecs.Of(
                        static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Quote>(global::OrderJson.Default)),
            },
        };
}
