// ... header

partial class ReplyController : global::Krait.IWebSocketController<global::ReplyController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::System.ReadOnlyMemory<byte>> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::ReplyController>
        global::Krait.IWebSocketController<global::ReplyController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::ReplyController,
                global::System.ReadOnlyMemory<byte>,
                global::System.ReadOnlyMemory<byte>>
        {
            Pattern = "/replies",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::ReplyController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
                global::Krait.CompilerServices.Replies.Stream(connection, controller.Greet()),
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Handle(message)),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.IndexOutOfRangeException match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Now(match));
                    case global::System.InvalidCastException match:
                        return global::Krait.CompilerServices.Replies.ReplyNullable(connection, controller.NowOrNothing(match));
                    case global::System.InvalidOperationException match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Later(match));
                    case global::System.Collections.Generic.KeyNotFoundException match:
                        return global::Krait.CompilerServices.Replies.ReplyNullableAsync(
                            connection,
                            controller.LaterOrNothing(match));
                    case global::System.NotSupportedException match:
                        return global::Krait.CompilerServices.Replies.ReplyNullableAsync(
                            connection,
                            controller.SoonOrNothing(match));
                    case global::System.TimeoutException match:
                        return global::Krait.CompilerServices.Replies.Stream(connection, controller.Many(match));
                    default:
                        return null;
                }
            },
            ReceivedCases = [new("ReadOnlyMemory<byte>")],
            ReceivedCase = static _ => 0,
            SentCases = [new("ReadOnlyMemory<byte>")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Binary(borrow: true),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Binary(borrow: true),
        };
}
