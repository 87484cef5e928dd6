// ... header

partial class OldController : global::Krait.IWebSocketController<global::OldController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Older> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::OldController>
        global::Krait.IWebSocketController<global::OldController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::OldController, global::Old, global::Older>
        {
            Pattern = "/old",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::OldController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Age(message)),
            ReceivedCases = [new("Old")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Older")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Old>(global::OldJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Older>(global::OldJson.Default),
        };
}
