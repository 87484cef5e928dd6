// ... header

partial class NoteController : global::Krait.IWebSocketController<global::NoteController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Note> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::NoteController>
        global::Krait.IWebSocketController<global::NoteController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::NoteController, global::Note, global::Note>
        {
            Pattern = "/notes",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::NoteController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Keep(message)),
            ReceivedCases = [new("Note")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Note")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Note>(global::SecondJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Note>(global::SecondJson.Default),
        };
}
