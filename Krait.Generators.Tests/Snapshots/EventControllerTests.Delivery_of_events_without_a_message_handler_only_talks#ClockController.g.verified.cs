// ... header

partial class ClockController : global::Krait.IWebSocketController<global::ClockController>
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
    static global::Krait.WebSocketControllerDescriptor<global::ClockController>
        global::Krait.IWebSocketController<global::ClockController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ClockController, string, string>
        {
            Pattern = "/clock",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::ClockController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Run = static (controller, messages, connection) =>
                new global::System.Threading.Tasks.ValueTask(controller.Tick(connection.Stopping)),
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
