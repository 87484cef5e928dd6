// ... header

partial class NewsController : global::Krait.IWebSocketController<global::NewsController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::News> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::NewsController>
        global::Krait.IWebSocketController<global::NewsController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::NewsController, string, global::News>
        {
            Pattern = "/news",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["news"],
            Create = static bind => new global::NewsController(bind.Room<global::News>("news")),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static bind =>
            {
                var connectionValue = bind.Resume("at", replayAll: true);
                return (controller, connection) =>
                {
                    controller.Enter(connectionValue);
                    return global::System.Threading.Tasks.ValueTask.CompletedTask;
                };
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [],
            SentCase = static message => message switch
            {
                _ => -1,
            },
            WithPosition = static (message, position) => message with { At = position },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static codecs => codecs.Of(static _ => new global::NewsCodec()),
        };
}
