// ... header

partial class QuestionController : global::Krait.IWebSocketController<global::QuestionController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::IAnswer> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::QuestionController>
        global::Krait.IWebSocketController<global::QuestionController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::QuestionController, global::Question, global::IAnswer>
        {
            Pattern = "/questions",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::QuestionController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::One match:
                        return global::Krait.CompilerServices.Replies.Reply(
                            connection,
                            controller.One(match),
                            match.Id!,
                            static (reply, id) => reply with { @event = id });
                    case global::Soon match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(
                            connection,
                            controller.Soon(match),
                            match.Id!,
                            static (reply, id) => reply! with { @event = id });
                    case global::Later match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(
                            connection,
                            controller.Later(match),
                            match.Id,
                            static (reply, id) => { reply!.Id = id; return reply; });
                    case global::Many match:
                        return global::Krait.CompilerServices.Replies.Stream(
                            connection,
                            controller.Many(match),
                            match.Id,
                            static (reply, id) => reply with { Id = id });
                    case global::Maybe match:
                        return global::Krait.CompilerServices.Replies.ReplyNullable(
                            connection,
                            controller.Maybe(match),
                            match.Id,
                            static (reply, id) => reply with { Id = id });
                    case global::Silent match:
                        controller.Silent(match);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                    default:
                        throw new global::Krait.InvalidMessageException(
                            global::Krait.InvalidMessageKind.UnknownType,
                            "No handler takes the message.");
                }
            },
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.InvalidOperationException match:
                        return message is global::Question
                            ? global::Krait.CompilerServices.Replies.Reply(
                                connection,
                                controller.Fail(match, message as global::Question),
                                ((global::Question)message).Id,
                                static (reply, id) => { reply.Id = id; return reply; })
                            : global::Krait.CompilerServices.Replies.Reply(
                                connection,
                                controller.Fail(match, message as global::Question));
                    case global::System.Exception match:
                        return global::Krait.CompilerServices.Replies.ReplyAsync(connection, controller.Fail(match));
                    default:
                        return null;
                }
            },
            ReceivedCases = [
                new("One", 1),
                new("Soon", 2),
                new("Later", 3),
                new("Many", 4),
                new("Maybe", 5),
                new("Silent", 6),
            ],
            ReceivedCase = static message => message switch
            {
                global::One => 0,
                global::Soon => 1,
                global::Later => 2,
                global::Many => 3,
                global::Maybe => 4,
                global::Silent => 5,
                _ => -1,
            },
            SentCases = [
                new("Answer"),
                new("Note"),
                new("Number"),
            ],
            SentCase = static message => message switch
            {
                global::Answer => 0,
                global::Note => 1,
                global::Number => 2,
                _ => -1,
            },
            Decoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Question>(global::QuestionJson.Default),
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::IAnswer>(global::QuestionJson.Default),
        };
}
