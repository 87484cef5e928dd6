// ... header

partial class EchoController : global::Krait.IWebSocketController<global::EchoController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Krait.RawMessage> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::EchoController>
        global::Krait.IWebSocketController<global::EchoController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::EchoController,
                global::Krait.RawMessage,
                global::Krait.RawMessage>
        {
            Pattern = "/echo",
            Delivery = global::Krait.MessageDelivery.Event,
            MaxMessageSize = 33554432,
            Create = static _ => new global::EchoController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            ReceivedCases = [new("RawMessage")],
            ReceivedCase = static _ => 0,
            SentCases = [new("RawMessage")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Raw(borrow: true),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Raw(borrow: true),
        };
}
