// ... header

partial class ReceiptController : global::Krait.IWebSocketController<global::ReceiptController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Receipt> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend, Messages, TryReceive, ReceiveAsync

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::ReceiptController>
        global::Krait.IWebSocketController<global::ReceiptController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ReceiptController, global::Order, global::Receipt>
        {
            Pattern = "/receipts",
            Delivery = global::Krait.MessageDelivery.Queue,
            Create = static _ => new global::ReceiptController(),
            Attach = static (controller, connection, messages) =>
            {
                controller.Connection = connection;
                controller.Messages = messages;
            },
            ReceivedCases = [new("Order")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Receipt")],
            SentCase = static _ => 0,
            Run = static (controller, messages, connection) =>
                global::Krait.CompilerServices.Replies.SendAll(
                    connection,
                    controller.Run(messages.ReadAllAsync(), connection.Stopping)),
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Order>(global::OrderJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Receipt>(global::OrderJson.Default),
        };
}
