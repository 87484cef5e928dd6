// ... header

partial class TokenController : global::Krait.IWebSocketController<global::TokenController>
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
    static global::Krait.WebSocketControllerDescriptor<global::TokenController>
        global::Krait.IWebSocketController<global::TokenController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::TokenController, string, string>
        {
            Pattern = "/tokens",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind => new global::TokenController(bind.RequestAborted),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnUpgrade = static bind =>
                new global::System.Threading.Tasks.ValueTask<global::Krait.UpgradeDecision>(
                    global::TokenController.Check(bind.RequestAborted)),
            OnOpen = static _ => static (controller, connection) =>
                new global::System.Threading.Tasks.ValueTask(controller.Open(connection.Stopping)),
            OnMessage = static (controller, message, connection) =>
                new global::System.Threading.Tasks.ValueTask(controller.Handle(message, connection.Stopping)),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.Exception match:
                        return new global::System.Threading.Tasks.ValueTask(controller.Fail(match, connection.Stopping));
                    default:
                        return null;
                }
            },
            OnClose = static (controller, close, cancellationToken) =>
                new global::System.Threading.Tasks.ValueTask(controller.Close(close, cancellationToken)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
