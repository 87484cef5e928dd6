// ... header, Connection, Stopping, ShouldStop, SendAsync, TrySend, Messages, TryReceive, ReceiveAsync

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::OrderController>
        global::Krait.IWebSocketController<global::OrderController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::OrderController, global::Order, string>
        {
            Pattern = "/orders",
            Delivery = global::Krait.MessageDelivery.Queue,
            Create = static _ => new global::OrderController(),
            Attach = static (controller, connection, messages) =>
            {
                controller.Connection = connection;
                controller.Messages = messages;
            },
            ReceivedCases = [new("Order")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Run = static (controller, messages, connection) => controller.Run(messages.ReadAllAsync()),
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Order>(global::OrderJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
