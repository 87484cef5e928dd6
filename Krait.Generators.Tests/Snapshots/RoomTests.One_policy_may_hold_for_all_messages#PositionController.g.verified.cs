// ... header

partial class PositionController : global::Krait.IWebSocketController<global::PositionController>
{
    /// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    public global::Krait.WebSocketConnection<global::Position> Connection
    {
        get => field ?? throw global::Krait.CompilerServices.ControllerMembers.NoConnectionYet();
        private set;
    }

// ... Stopping, ShouldStop, SendAsync, TrySend

    /// <summary>The route, the protocols and the handlers of the controller.</summary>
    [global::System.CodeDom.Compiler.GeneratedCode("Krait.Generators", "...")]
    [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
    static global::Krait.WebSocketControllerDescriptor<global::PositionController>
        global::Krait.IWebSocketController<global::PositionController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::PositionController, string, global::Position>
        {
            Pattern = "/positions",
            Delivery = global::Krait.MessageDelivery.Event,
            Rooms = ["positions"],
            Create = static bind => new global::PositionController(bind.Room<global::Position>("positions")),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnOpen = static _ => static (controller, connection) =>
            {
                controller.Enter();
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("Position")],
            SentCase = static _ => 0,
            WhenSlow = static message => global::Krait.CompilerServices.MessagePolicy.Conflate(0, message.Id),
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ =>
                global::Krait.CompilerServices.MessageCodecs.Json<global::Position>(global::PositionJson.Default),
        };
}
