// ... header

partial class ReplyController : global::Krait.IWebSocketController<global::ReplyController>
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
    static global::Krait.WebSocketControllerDescriptor<global::ReplyController>
        global::Krait.IWebSocketController<global::ReplyController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ReplyController, string, string>
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
                    case global::System.ArgumentException match:
                        controller.Nothing(match);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                    case global::System.ArithmeticException match:
                        return new global::System.Threading.Tasks.ValueTask(controller.LaterNothing(match));
                    case global::System.FormatException match:
                        return controller.SoonNothing(match);
                    case global::System.IndexOutOfRangeException match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Now(match));
                    case global::System.InvalidCastException match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.NowOrNothing(match));
                    case global::System.InvalidOperationException match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Later(match));
                    case global::System.Collections.Generic.KeyNotFoundException match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.LaterOrNothing(match));
                    case global::System.NotSupportedException match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Soon(match));
                    case global::System.TimeoutException match:
                        return global::Krait.CompilerServices.Replies.Stream(connection, controller.Many(match));
                    case global::System.UnauthorizedAccessException match:
                        return global::Krait.CompilerServices.Replies.Stream(connection, controller.ManyOrNothing(match));
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
