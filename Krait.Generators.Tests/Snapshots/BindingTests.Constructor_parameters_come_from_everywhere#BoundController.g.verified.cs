// ... header

partial class BoundController : global::Krait.IWebSocketController<global::BoundController>
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
    static global::Krait.WebSocketControllerDescriptor<global::BoundController>
        global::Krait.IWebSocketController<global::BoundController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::BoundController, string, string>
        {
            Pattern = "/bind/{text}/{Number:int}/{id}/{day?}",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static bind => new global::BoundController(
                bind.Route("text").Text(),
                bind.Route("Number").Parse<int>(),
                bind.Route("id").Parse<global::System.Guid>(),
                bind.Route("day").ParseNullable<global::System.DateOnly>(),
                bind.Route("text").Text(),
                bind.Query("search").TextOrNull(),
                bind.Query("page-size").Parse<int>(),
                bind.Query("grade").ParseOrNull<global::Grade>(),
                bind.Header("X-Trace").TextOrNull(),
                bind.Header("host").Text(),
                bind.Service<global::IClock>(),
                bind.ServiceOrNull<global::IClock>(),
                bind.Service<global::IClock>(),
                bind.KeyedService<global::IClock>("utc"),
                bind.KeyedServiceOrNull<global::IClock>(1),
                bind.HttpContext,
                bind.Request,
                bind.User,
                bind.RequestAborted,
                bind.Query("page").Parse<int>(1),
                bind.Query("sort").Text("\"name\""),
                bind.Query("price").ParseNullable<decimal>()),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
                global::Krait.CompilerServices.Replies.Reply(connection, controller.Tell(message)),
            ReceivedCases = [new("string")],
            ReceivedCase = static _ => 0,
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
