// ... header

partial class HookController : global::Krait.IWebSocketController<global::HookController>
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
    static global::Krait.WebSocketControllerDescriptor<global::HookController>
        global::Krait.IWebSocketController<global::HookController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::HookController, string, string>
        {
            Pattern = "/bind/{room}",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::HookController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnUpgrade = static bind =>
                global::HookController.Check(
                    bind.Route("room").Text(),
                    bind.Service<global::IClock>(),
                    bind.Query("age").ParseNullable<int>(),
                    bind.HttpContext),
            OnOpen = static bind =>
            {
                var room = bind.Route("room").Text();
                var clock = bind.Service<global::IClock>();
                var age = bind.Query("age").Parse<int>(18);
                return (controller, connection) =>
                    global::Krait.CompilerServices.Replies.Reply(connection, controller.Open(room, connection, clock, age));
            },
            OnMessage = static (controller, message, connection) =>
            {
                controller.Handle(message);
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
