// ... header

partial class MemoryController : global::Krait.IWebSocketController<global::MemoryController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::System.ReadOnlyMemory<byte>> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::MemoryController>
        global::Krait.IWebSocketController<global::MemoryController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::MemoryController,
                global::System.ReadOnlyMemory<byte>,
                global::System.ReadOnlyMemory<byte>>
        {
            Pattern = "/memory",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::MemoryController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            ReceivedCases = [new("ReadOnlyMemory<byte>")],
            ReceivedCase = static _ => 0,
            SentCases = [new("ReadOnlyMemory<byte>")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Binary(borrow: true),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Binary(borrow: true),
        };
}
