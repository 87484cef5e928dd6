// ... header

partial class FeedController : global::Krait.IWebSocketController<global::FeedController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Quote> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::FeedController>
        global::Krait.IWebSocketController<global::FeedController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::FeedController, global::Command, global::Quote>
        {
            Pattern = "/feed",
            Protocols = ["a", "b"],
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::FeedController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::Subscribe match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.On(match));
                    default:
                        controller.Others(message);
                        return global::System.Threading.Tasks.ValueTask.CompletedTask;
                }
            },
            ReceivedCases = [
                new("Subscribe"),
                new("Command"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Subscribe => 0,
                global::Command => 1,
                _ => -1,
            },
            SentCases = [new("Quote")],
            SentCase = static _ => 0,
            Decoder = static codecs => codecs.Protocol switch
            {
                "a" => codecs.Of(static _ => new global::PackCodec<global::Command>()),
                "b" =>
                    codecs.Of(
                        static bind =>
                            new global::CommandDecoder(
                                time: bind.Service<global::System.TimeProvider>(),
                                key: bind.KeyedService<object>("feed"),
                                services: bind.ServiceOrNull<global::System.IServiceProvider>())),
                _ => throw codecs.NoCodec(),
            },
            Encoder = static codecs => codecs.Protocol switch
            {
                "a" => codecs.Of(static _ => new global::PackCodec<global::Quote>()),
                "b" => codecs.Of(static _ => new global::PackCodec<global::Quote>()),
                _ => throw codecs.NoCodec(),
            },
        };
}
