// ... header

partial class OneController : global::Krait.IWebSocketController<global::OneController>
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
    static global::Krait.WebSocketControllerDescriptor<global::OneController>
        global::Krait.IWebSocketController<global::OneController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::OneController, string, string>
        {
            Pattern = "/one",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind =>
                new global::OneController(bind.Service<global::Microsoft.Extensions.Logging.ILogger<global::OneController>>()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Log(message);
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
