// ... header

partial class BytesController : global::Krait.IWebSocketController<global::BytesController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<byte[]> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::BytesController>
        global::Krait.IWebSocketController<global::BytesController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::BytesController, byte[], byte[]>
        {
            Pattern = "/bytes",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::BytesController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            ReceivedCases = [new("byte[]")],
            ReceivedCase = static _ => 0,
            SentCases = [new("byte[]")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Bytes,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Bytes,
        };
}
