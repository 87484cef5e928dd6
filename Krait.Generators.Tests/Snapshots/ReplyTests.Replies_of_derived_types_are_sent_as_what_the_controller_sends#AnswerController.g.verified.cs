// ... header

partial class AnswerController : global::Krait.IWebSocketController<global::AnswerController>
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
    static global::Krait.WebSocketControllerDescriptor<global::AnswerController>
        global::Krait.IWebSocketController<global::AnswerController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::AnswerController, string, global::Answer>
        {
            Pattern = "/answers",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::AnswerController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
                global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Open()),
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Stream(connection, controller.Handle(message)),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.FormatException match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Fail(match));
                    case global::System.ArgumentException match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Fail(match));
                    default:
                        return null;
                }
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Yes"),
                new("No"),
            ],
            SentCase = static message => message switch
            {
                global::Yes => 0,
                global::No => 1,
                _ => -1,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Answer>(global::AnswerJson.Default),
        };
}
