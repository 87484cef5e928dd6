// ... header

partial class PasswordController : global::Krait.IWebSocketController<global::PasswordController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Password> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::PasswordController>
        global::Krait.IWebSocketController<global::PasswordController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::PasswordController, string, global::Password>
        {
            Pattern = "/passwords",
            Delivery = global::Krait.MessageDelivery.Event,
            Compression = true,
            IsUncompressed = static _ => true,
            HidesSent = static _ => true,
            Create = static _ => new global::PasswordController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Password")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Password>(global::PasswordJson.Default),
        };
}
