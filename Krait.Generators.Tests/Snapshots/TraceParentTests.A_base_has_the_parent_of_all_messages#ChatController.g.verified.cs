// ... header

partial class ChatController : global::Krait.IWebSocketController<global::ChatController>
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
    static global::Krait.WebSocketControllerDescriptor<global::ChatController>
        global::Krait.IWebSocketController<global::ChatController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ChatController, global::Chat, string>
        {
            Pattern = "/chat",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::ChatController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::Say match:
                        controller.Hear(match);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                    case global::Leave match:
                        controller.Hear(match);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                    default:
                        throw new global::Krait.InvalidMessageException(
                            global::Krait.InvalidMessageKind.UnknownType,
                            "No handler takes the message.");
                }
            },
            ReceivedCases = [
                new("Say", "say"),
                new("Leave", "leave"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Say => 0,
                global::Leave => 1,
                _ => -1,
            },
            TraceParent = static message => message.Trace,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Chat>(global::ChatJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
