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
            Compression = true,
            IsUncompressed = static message => message is global::Key or global::OneTimePassword or global::Password,
            HidesSent = static message => message is global::Key or global::OneTimePassword or global::Password,
            Create = static _ => new global::NewsController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [
                new("Headline", "headline"),
                new("OneTimePassword", "oneTimePassword"),
                new("Password", "password"),
                new("Key", "key"),
            ],
            SentCase = static message => message switch
            {
                global::Headline => 0,
                global::OneTimePassword => 1,
                global::Password => 2,
                global::Key => 3,
                _ => -1,
            },
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::News>(global::NewsJson.Default),
        };
}
