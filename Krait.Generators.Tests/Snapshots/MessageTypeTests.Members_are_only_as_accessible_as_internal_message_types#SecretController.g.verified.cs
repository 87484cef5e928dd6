// ... header

partial class SecretController : global::Krait.IWebSocketController<global::SecretController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    internal global::Krait.WebSocketConnection<global::Secret> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

    /// <summary>Is cancelled when the connection is closing.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    internal global::System.Threading.CancellationToken Stopping => Connection.Stopping;

    /// <summary>Whether the connection is closing.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    internal bool ShouldStop => Connection.Stopping.IsCancellationRequested;

    /// <summary>Sends a message, first come first served; waits while the send buffer is full. Any thread may call it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait; a message that is still waiting is not sent.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="global::Krait.ConnectionClosedException">The connection is closed.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    internal global::System.Threading.Tasks.ValueTask SendAsync(
        global::Secret message,
        global::System.Threading.CancellationToken cancellationToken = default) =>
        Connection.SendAsync(message, cancellationToken);

    /// <summary>Sends a message if it does not have to wait. Any thread may call it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False if the send buffer is full, if other messages wait, or if the connection is closed.</returns>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    internal bool TrySend(global::Secret message) => Connection.TrySend(message);

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::SecretController>
        global::Krait.IWebSocketController<global::SecretController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::SecretController, global::Secret, global::Secret>
        {
            Pattern = "/secrets",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::SecretController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Echo(message)),
            ReceivedCases = [new("Secret")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Secret")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Secret>(global::SecretJson.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Secret>(global::SecretJson.Default),
        };
}
