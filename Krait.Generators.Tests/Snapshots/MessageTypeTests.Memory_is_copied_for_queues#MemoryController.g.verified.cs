// ... header

partial class MemoryController : global::Krait.IWebSocketController<global::MemoryController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<byte[]> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend, Messages, TryReceive, ReceiveAsync

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::MemoryController>
        global::Krait.IWebSocketController<global::MemoryController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::MemoryController,
                global::System.ReadOnlyMemory<byte>,
                byte[]>
        {
            Pattern = "/memory",
            Delivery = global::Krait.MessageDelivery.Queue,
            Create = static _ => new global::MemoryController(),
            Attach = static (controller, connection, messages) =>
            {
                controller.Connection = connection;
                controller.Messages = messages;
            },
            ReceivedCases = [new("ReadOnlyMemory<byte>")],
            ReceivedCase = static _ => 0,
            SentCases = [new("byte[]")],
            SentCase = static _ => 0,
            Run = static (controller, messages, connection) =>
                new global::System.Threading.Tasks.ValueTask(controller.Echo(messages, connection.Stopping)),
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Binary(borrow: false),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Bytes,
        };
}
