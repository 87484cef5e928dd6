// ... header

partial class ErrorController : global::Krait.IWebSocketController<global::ErrorController>
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
    static global::Krait.WebSocketControllerDescriptor<global::ErrorController>
        global::Krait.IWebSocketController<global::ErrorController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ErrorController, string, string>
        {
            Pattern = "/errors",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::ErrorController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Handle(message)),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.ArgumentNullException match:
                        return global::Krait.CompilerServices.Replies.Reply(
                            connection,
                            controller.Null(match, message as string));
                    case global::System.ArgumentException match:
                        controller.Argument(match);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                    case global::Krait.InvalidMessageException match:
                        return global::Krait.CompilerServices.Replies.Reply(
                            connection,
                            controller.Invalid(match, message as string, connection.Stopping));
                    case global::System.Exception match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Any(match));
                    default:
                        return null;
                }
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
