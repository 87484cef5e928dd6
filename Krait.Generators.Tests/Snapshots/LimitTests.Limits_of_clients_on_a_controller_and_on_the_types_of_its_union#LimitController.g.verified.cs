// ... header

partial class LimitController : global::Krait.IWebSocketController<global::LimitController>
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
    static global::Krait.WebSocketControllerDescriptor<global::LimitController>
        global::Krait.IWebSocketController<global::LimitController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::LimitController, global::Command, string>
        {
            Pattern = "/limits",
            Delivery = global::Krait.MessageDelivery.Event,
            MaxConnections = [
                new(5, global::Krait.Partition.User),
                new(50, global::Krait.Partition.Address),
            ],
            RateLimits = [
                new(null, 20, 1, 40, global::Krait.WhenOver.Wait, global::Krait.RateLimitPer.Connection),
                new(null, 200, 60, 200, global::Krait.WhenOver.Refuse, global::Krait.RateLimitPer.User),
                new(typeof(global::Command), 100, 60, 100, global::Krait.WhenOver.Wait, global::Krait.RateLimitPer.Connection),
                new(typeof(global::Search), 1, 5, 3, global::Krait.WhenOver.Close, global::Krait.RateLimitPer.Connection),
            ],
            Create = static _ => new global::LimitController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                controller.Take(message);
                return global::System.Threading.Tasks.ValueTask.CompletedTask;
            },
            ReceivedCases = [
                new("Say", "say"),
                new("Search", "search"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Say => 0,
                global::Search => 1,
                _ => -1,
            },
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Json<global::Command>(global::Json.Default),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
