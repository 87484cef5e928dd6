// ... header

partial class ActionController : global::Krait.IWebSocketController<global::ActionController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::IAction> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::ActionController>
        global::Krait.IWebSocketController<global::ActionController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ActionController, global::IAction, global::IAction>
        {
            Pattern = "/actions",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::ActionController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::Jump match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Jumped(match));
                    case global::Move match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Moved(match));
                    case global::Wave match:
                        return new global::System.Threading.Tasks.ValueTask(controller.Waved(match));
                    default:
                        controller.Other(message);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                }
            },
            ReceivedCases = [
                new("Jump", "jump"),
                new("Move", "move"),
                new("Say", 3),
                new("Wave", 4),
            ],
            ReceivedCase = static message => message switch
            {
                global::Jump => 0,
                global::Move => 1,
                global::Say => 2,
                global::Wave => 3,
                _ => -1,
            },
            SentCases = [
                new("Jump", "jump"),
                new("Move", "move"),
                new("Say", 3),
                new("Wave", 4),
            ],
            SentCase = static message => message switch
            {
                global::Jump => 0,
                global::Move => 1,
                global::Say => 2,
                global::Wave => 3,
                _ => -1,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::IAction>(global::ActionJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::IAction>(global::ActionJson.Default),
        };
}
