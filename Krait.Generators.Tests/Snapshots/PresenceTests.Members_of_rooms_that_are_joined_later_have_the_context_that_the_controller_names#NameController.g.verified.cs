// ... header

partial class NameController : global::Krait.IWebSocketController<global::NameController>
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
    static global::Krait.WebSocketControllerDescriptor<global::NameController>
        global::Krait.IWebSocketController<global::NameController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::NameController, string, string>
        {
            Pattern = "/names",
            Delivery = global::Krait.MessageDelivery.Event,
            Members = global::Krait.CompilerServices.MemberContract.Json<string[]>(global::NameJson.Default),
            Create = static bind => new global::NameController(bind.ServiceOrNull<global::Krait.IRooms<string, string[]>>()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
            {
                controller.Enter();
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            OnPresence = static (controller, change, connection) =>
                global::Krait.CompilerServices.CallServices.CallAsync(controller, change, connection,
                static (bind, controller, change, connection) =>
                    global::Krait.CompilerServices.Replies.ReplyAsync(
                        connection,
                        controller.Tell(
                            bind.Service<global::System.TimeProvider>(),
                            (global::Krait.PresenceChange<string[]>)change,
                            connection.Stopping))),
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
