// ... header

partial class CallController : global::Krait.IWebSocketController<global::CallController>
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
    static global::Krait.WebSocketControllerDescriptor<global::CallController>
        global::Krait.IWebSocketController<global::CallController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::CallController, string, global::Krait.RawMessage>
        {
            Pattern = "/calls",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::CallController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Text(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            OnBinary = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.ReplyAsync(
                    connection,
                    controller.Audio(message.Payload, connection.Stopping)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("RawMessage")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Raw(borrow: true),
        };
}
