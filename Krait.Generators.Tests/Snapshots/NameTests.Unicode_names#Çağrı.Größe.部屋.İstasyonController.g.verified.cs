// ... header

namespace Çağrı.Größe.部屋;

partial class İstasyonController : global::Krait.IWebSocketController<global::Çağrı.Größe.部屋.İstasyonController>
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
    static global::Krait.WebSocketControllerDescriptor<global::Çağrı.Größe.部屋.İstasyonController>
        global::Krait.IWebSocketController<global::Çağrı.Größe.部屋.İstasyonController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::Çağrı.Größe.部屋.İstasyonController, string, string>
        {
            Pattern = "/räume/{straße}",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind => new global::Çağrı.Größe.部屋.İstasyonController(bind.Route("straße").Text()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Ответить(message)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
