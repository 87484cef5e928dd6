// ... header

partial class AllController : global::Krait.IWebSocketController<global::AllController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<string> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::AllController>
        global::Krait.IWebSocketController<global::AllController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::AllController, string, string>
        {
            Pattern = "/all",
            Protocols = ["a", "b", "a.b+json"],
            ProtocolRequired = false,
            AllowedOrigins = ["https://example.com", "https://example.org:8443"],
            Delivery = global::Krait.MessageDelivery.Event,
            Compression = true,
            MaxMessageSize = 1024,
            ReceiveQueueCapacity = 8,
            ReceiveBufferSize = 2048,
            SendBufferSize = 4096,
            MaxStreams = 2,
            Create = static _ => new global::AllController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
