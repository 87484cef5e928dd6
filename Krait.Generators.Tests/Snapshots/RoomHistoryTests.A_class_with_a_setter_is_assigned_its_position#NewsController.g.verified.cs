// ... header

partial class NewsController : global::Krait.IWebSocketController<global::NewsController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Headline> Connection
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
            new global::Krait.CompilerServices.ControllerDescriptor<global::NewsController, string, global::Headline>
        {
            Pattern = "/news",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["news"],
            Create = static bind => new global::NewsController(bind.Room<global::Headline>("news")),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Headline")],
            SentCase = static _ => 0,
            WithPosition = static (message, position) =>
            {
                message.At = position;
                return message;
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Headline>(global::NewsJson.Default),
        };
}
