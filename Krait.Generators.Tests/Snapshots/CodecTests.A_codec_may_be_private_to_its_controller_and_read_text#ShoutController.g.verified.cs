// ... header

partial class ShoutController : global::Krait.IWebSocketController<global::ShoutController>
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

    /// <summary>The received messages, in order. Completes after the last one.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    private global::System.Threading.Channels.ChannelReader<string> Messages
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        set;
    }

    /// <summary>Takes the next message if one is waiting.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False if no message is waiting.</returns>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    private bool TryReceive(
        [global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string message) =>
        Messages.TryRead(out message);

    /// <summary>Waits for the next message and takes it.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The message.</returns>
    /// <exception cref="global::System.Threading.Channels.ChannelClosedException">There are no more messages.</exception>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    private global::System.Threading.Tasks.ValueTask<string> ReceiveAsync(
        global::System.Threading.CancellationToken cancellationToken = default) =>
        Messages.ReadAsync(cancellationToken);

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::ShoutController>
        global::Krait.IWebSocketController<global::ShoutController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::ShoutController, string, string>
        {
            Pattern = "/shout",
            Delivery = global::Krait.MessageDelivery.Queue,
            Create = static _ => new global::ShoutController(),
            Attach = static (controller, connection, messages) =>
            {
                controller.Connection = connection;
                controller.Messages = messages;
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static codecs => codecs.Of(static _ => new global::ShoutController.Shout()),
            Encoder = static codecs => codecs.Of(static _ => new global::ShoutController.Shout()),
        };
}
