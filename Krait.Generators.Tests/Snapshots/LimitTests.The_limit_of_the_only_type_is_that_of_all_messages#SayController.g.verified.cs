// ... header

partial class SayController : global::Krait.IWebSocketController<global::SayController>
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
    static global::Krait.WebSocketControllerDescriptor<global::SayController>
        global::Krait.IWebSocketController<global::SayController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::SayController, global::Say, string>
        {
            Pattern = "/says",
            Delivery = global::Krait.MessageDelivery.Event,
            RateLimits = [
                new(null, 20, 1, 20, global::Krait.WhenOver.Wait, global::Krait.RateLimitPer.Connection),
            ],
            Create = static _ => new global::SayController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Take(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("Say")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Say>(global::Json.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
