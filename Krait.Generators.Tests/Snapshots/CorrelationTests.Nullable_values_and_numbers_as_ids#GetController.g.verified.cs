// ... header

partial class GetController : global::Krait.IWebSocketController<global::GetController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Got> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::GetController>
        global::Krait.IWebSocketController<global::GetController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::GetController, global::Get, global::Got>
        {
            Pattern = "/get",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::GetController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.ReplyNullableAsync(
                    connection,
                    controller.Handle(message),
                    message.Number,
                    static (reply, id) => reply with { Number = id }),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.Exception match:
                        return message is global::Get
                            ? global::Krait.CompilerServices.Replies.ReplyNullable(
                                connection,
                                controller.Fail(match, message as global::Get),
                                ((global::Get)message).Number,
                                static (reply, id) => reply with { Number = id })
                            : global::Krait.CompilerServices.Replies.ReplyNullable(
                                connection,
                                controller.Fail(match, message as global::Get));
                    default:
                        return null;
                }
            },
            ReceivedCases = [new("Get")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Got")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Get>(global::GetJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Got>(global::GetJson.Default),
        };
}
