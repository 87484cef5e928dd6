// ... header

namespace Meta;

partial class InheritingController : global::Krait.IWebSocketController<global::Meta.InheritingController>
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
    static global::Krait.WebSocketControllerDescriptor<global::Meta.InheritingController>
        global::Krait.IWebSocketController<global::Meta.InheritingController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::Meta.InheritingController, string, string>
        {
            Pattern = "/inherited",
            Delivery = global::Krait.MessageDelivery.Event,
            Metadata = [
                new global::Meta.ManyAttribute("first"),
                new global::Meta.SingleAttribute("second"),
                new global::Meta.ManyAttribute("second"),
                new global::Meta.ManyAttribute("controller"),
            ],
            Create = static _ => new global::Meta.InheritingController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Hear(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
