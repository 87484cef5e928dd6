// ... header

partial class EnvelopeController : global::Krait.IWebSocketController<global::EnvelopeController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<
        global::System.Collections.Generic.List<global::Envelopes.Envelope<string?>>> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop

    /// <summary>Sends a message, first come first served; waits while the send buffer is full. Any thread may call it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait; a message that is still waiting is not sent.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="global::Krait.ConnectionClosedException">The connection is closed.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::System.Threading.Tasks.ValueTask SendAsync(
        global::System.Collections.Generic.List<global::Envelopes.Envelope<string?>> message,
        global::System.Threading.CancellationToken cancellationToken = default) =>
        Connection.SendAsync(message, cancellationToken);

    /// <summary>Sends a message if it does not have to wait. Any thread may call it.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False if the send buffer is full, if other messages wait, or if the connection is closed.</returns>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public bool TrySend(global::System.Collections.Generic.List<global::Envelopes.Envelope<string?>> message) =>
        Connection.TrySend(message);

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::EnvelopeController>
        global::Krait.IWebSocketController<global::EnvelopeController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<
                global::EnvelopeController,
                global::Envelopes.Envelope<global::System.Collections.Generic.Dictionary<string, int[]>>,
                global::System.Collections.Generic.List<global::Envelopes.Envelope<string?>>>
        {
            Pattern = "/envelopes",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::EnvelopeController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Open(message)),
            ReceivedCases = [new("Envelopes.Envelope<Dictionary<string, int[]>>")],
            ReceivedCase = static _ => 0,
            SentCases = [new("List<Envelopes.Envelope<string>>")],
            SentCase = static _ => 0,
            Decoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Envelopes.Envelope<global::System.Collections.Generic.Dictionary<string, int[]>>>(
                    global::EnvelopeJson.Default),
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::System.Collections.Generic.List<global::Envelopes.Envelope<string?>>>(
                    global::EnvelopeJson.Default),
        };
}
