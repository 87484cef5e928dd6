// ... header

partial class PlainController : global::Krait.IWebSocketController<global::PlainController>
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
    static global::Krait.WebSocketControllerDescriptor<global::PlainController>
        global::Krait.IWebSocketController<global::PlainController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::PlainController, string, string>
        {
            Pattern = "/plain",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::PlainController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnExpiring = static (controller, expiration, connection) =>
                global::Krait.CompilerServices.CallServices.CallAsync(controller, expiration, connection,
                static (bind, controller, expiration, connection) =>
                    new global::System.Threading.Tasks.ValueTask(
                        controller.Renew(bind.Service<global::System.TimeProvider>(), connection.Stopping))),
            HandlerServices = [
                global::Krait.CompilerServices.HandlerService.Of<global::System.TimeProvider>(),
            ],
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
