// ... header

partial class CommandController : global::Krait.IWebSocketController<global::CommandController>
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
    static global::Krait.WebSocketControllerDescriptor<global::CommandController>
        global::Krait.IWebSocketController<global::CommandController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::CommandController, global::Command, string>
        {
            Pattern = "/commands",
            Protocols = ["json", "pack"],
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::CommandController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Take(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [
                new("Say", "say"),
                new("Upload", "upload"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Say => 0,
                global::Upload => 1,
                _ => -1,
            },
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static codecs => codecs.Protocol switch
            {
                "pack" =>
                    global::Krait.CompilerServices.MessageCodecs.Limited<global::Command>(
                        codecs.Of(static _ => new global::CommandDecoder()),
                        new global::Krait.CompilerServices.MessageLimit(typeof(global::Command), 1024),
                        new global::Krait.CompilerServices.MessageLimit(typeof(global::Upload), 16384)),
                _ =>
                    codecs.Of(
                        static _ =>
                            global::Krait.CompilerServices.MessageCodecs.Json<global::Command>(
                                global::CommandJson.Default,
                                new global::Krait.CompilerServices.MessageLimit(typeof(global::Command), 1024),
                                new global::Krait.CompilerServices.MessageLimit(typeof(global::Upload), 16384))),
            },
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
