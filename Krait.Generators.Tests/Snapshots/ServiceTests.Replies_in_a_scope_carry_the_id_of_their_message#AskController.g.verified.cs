// ... header

partial class AskController : global::Krait.IWebSocketController<global::AskController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Answer> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::AskController>
        global::Krait.IWebSocketController<global::AskController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::AskController, global::Ask, global::Answer>
        {
            Pattern = "/asks",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::AskController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.CallServices.CallAsync(controller, message, connection,
                static (bind, controller, message, connection) =>
                    global::Krait.CompilerServices.Replies.Stream(
                        connection,
                        bind.Keep(controller.Tell(message, bind.Service<global::Shop>())),
                        message.Id,
                        static (reply, id) => reply with { Id = id })),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.Exception match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, message, connection,
                            static (bind, controller, match, message, connection) =>
                            {
                                return message is global::Ask
                                    ? global::Krait.CompilerServices.Replies.Reply(
                                        connection,
                                        controller.Fail(match, message as global::Ask, bind.Service<global::Shop>()),
                                        ((global::Ask)message).Id,
                                        static (reply, id) => reply with { Id = id })
                                    : global::Krait.CompilerServices.Replies.Reply(
                                        connection,
                                        controller.Fail(match, message as global::Ask, bind.Service<global::Shop>()));
                            });
                    default:
                        return null;
                }
            },
            HandlerServices = [
                global::Krait.CompilerServices.HandlerService.Of<global::Shop>(),
            ],
            ReceivedCases = [new("Ask")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Answer")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Ask>(global::AskJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Answer>(global::AskJson.Default),
        };
}
