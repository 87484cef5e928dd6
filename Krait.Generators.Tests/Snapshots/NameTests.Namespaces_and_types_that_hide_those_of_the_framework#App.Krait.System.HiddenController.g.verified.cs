// ... header

namespace App.Krait.System;

partial class HiddenController : global::Krait.IWebSocketController<global::App.Krait.System.HiddenController>
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
    static global::Krait.WebSocketControllerDescriptor<global::App.Krait.System.HiddenController>
        global::Krait.IWebSocketController<global::App.Krait.System.HiddenController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::App.Krait.System.HiddenController, string, string>
        {
            Pattern = "/hidden",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::App.Krait.System.HiddenController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.Exception match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Fail(match));
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
