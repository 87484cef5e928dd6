// ... header

partial class HiddenController : global::Krait.IWebSocketController<global::HiddenController>
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
    static global::Krait.WebSocketControllerDescriptor<global::HiddenController>
        global::Krait.IWebSocketController<global::HiddenController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::HiddenController, string, string>
        {
            Pattern = "/hidden",
            Delivery = global::Krait.MessageDelivery.Event,
            Metadata = [
                new global::HiddenController.HiddenAttribute(),
            ],
            Create = static _ => new global::HiddenController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Hear(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
