// ... header

partial class ManyController : global::Krait.IWebSocketController<global::ManyController>
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
    static global::Krait.WebSocketControllerDescriptor<global::ManyController>
        global::Krait.IWebSocketController<global::ManyController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ManyController, string, string>
        {
            Pattern = "/bind/{colour}",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind => new global::ManyController(
                bind.Route("colour").Enum<global::Colour>(),
                bind.Query("maybe").IfPresent?.Enum<global::Colour>(),
                bind.Query("tags").Texts(),
                bind.Query("optionalTags").IfPresent?.Texts(),
                bind.Query("ids").ParseAll<int>(),
                bind.Query("colours").Enums<global::Colour>(),
                bind.Query("all").Values(),
                bind.Header("X-Ids").IfPresent?.ParseAll<global::System.Guid>(),
                bind.Header("X-Lines").IfPresent?.Values(),
                bind.Query("other").Enum<global::Colour>(global::Colour.Blue),
                (global::Colour?)bind.Query("third").Enum<global::Colour>(global::Colour.Red),
                bind.Query("days").IfPresent?.ParseAll<global::System.DateOnly>()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Tell(message)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
