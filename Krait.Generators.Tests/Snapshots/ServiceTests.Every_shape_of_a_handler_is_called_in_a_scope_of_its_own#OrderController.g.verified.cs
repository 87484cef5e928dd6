// ... header

partial class OrderController : global::Krait.IWebSocketController<global::OrderController>
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
    static global::Krait.WebSocketControllerDescriptor<global::OrderController>
        global::Krait.IWebSocketController<global::OrderController>.Descriptor =>
            new global::Krait.CompilerServices.ControllerDescriptor<global::OrderController, global::Order, string>
        {
            Pattern = "/orders",
            Delivery = global::Krait.MessageDelivery.Event,
            Create = static _ => new global::OrderController(),
            Attach = static (controller, connection, _) => controller.Connection = connection,
            OnMessage = static (controller, message, connection) =>
            {
                switch (message)
                {
                    case global::Order.Buy match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, connection,
                            static (bind, controller, match, connection) =>
                                global::Krait.CompilerServices.Replies.ReplyAsync(
                                    connection,
                                    controller.Buy(
                                        match,
                                        bind.Service<global::Shop>(),
                                        bind.Service<global::Microsoft.Extensions.Logging.ILogger<global::Shop>>(),
                                        connection.Stopping)));
                    case global::Order.Ask match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, connection,
                            static (bind, controller, match, connection) =>
                                global::Krait.CompilerServices.Replies.Reply(
                                    connection,
                                    controller.Ask(
                                        bind.KeyedService<global::Shop>("rare"),
                                        match,
                                        bind.KeyedServiceOrNull<global::Shop>(2))));
                    case global::Order.Watch match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, connection,
                            static (bind, controller, match, connection) =>
                                global::Krait.CompilerServices.Replies.Stream(
                                    connection,
                                    bind.Keep(controller.Watch(match, bind.Service<global::Shop>(), connection.Stopping))));
                    case global::Order.Forget match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, connection,
                            static (bind, controller, match, connection) =>
                            {
                                global::OrderController.Forget(match, bind.Service<global::Shop>());
                                return global::System.Threading.Tasks.ValueTask.CompletedTask;
                            });
                    case global::Order.Drop match:
                        return global::Krait.CompilerServices.Replies.Reply(connection, controller.Drop(match));
                    default:
                        throw new global::Krait.InvalidMessageException(
                            global::Krait.InvalidMessageKind.UnknownType,
                            "No handler takes the message.");
                }
            },
            OnBinary = static (controller, message, connection) =>
                global::Krait.CompilerServices.CallServices.CallAsync(controller, message, connection,
                static (bind, controller, message, connection) =>
                    global::Krait.CompilerServices.Replies.Reply(
                        connection,
                        controller.Count(message.Payload.ToArray(), bind.Service<global::Shop>()))),
            OnError = static (controller, error, message, connection) =>
            {
                switch (error)
                {
                    case global::System.IO.IOException match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, message, connection,
                            static (bind, controller, match, message, connection) =>
                                controller.Fail(match, bind.Service<global::Shop>()));
                    case global::System.Exception match:
                        return global::Krait.CompilerServices.CallServices.CallAsync(controller, match, message, connection,
                            static (bind, controller, match, message, connection) =>
                                global::Krait.CompilerServices.Replies.Reply(
                                    connection,
                                    controller.Fail(match, message as global::Order, bind.ServiceOrNull<global::Shop>())));
                    default:
                        return null;
                }
            },
            OnClose = static (controller, close, cancellationToken) =>
                global::Krait.CompilerServices.CallServices.CallAsync(controller, close, controller.Connection,
                static (bind, controller, close, cancellationToken) =>
                {
                    controller.Leave(bind.Service<global::Shop>(), close, cancellationToken);
                    return global::System.Threading.Tasks.ValueTask.CompletedTask;
                }, cancellationToken),
            HandlerServices = [
                global::Krait.CompilerServices.HandlerService.Of<global::Shop>(),
                global::Krait.CompilerServices.HandlerService.Of<global::Microsoft.Extensions.Logging.ILogger<global::Shop>>(),
                global::Krait.CompilerServices.HandlerService.Of<global::Shop>("rare"),
            ],
            ReceivedCases = [
                new("Order.Buy"),
                new("Order.Ask"),
                new("Order.Watch"),
                new("Order.Forget"),
                new("Order.Drop"),
            ],
            ReceivedCase = static message => message switch
            {
                global::Order.Buy => 0,
                global::Order.Ask => 1,
                global::Order.Watch => 2,
                global::Order.Forget => 3,
                global::Order.Drop => 4,
                _ => -1,
            },
            SentCases = [new("string")],
            SentCase = static _ => 0,
            Decoder = static codecs => codecs.Of(static _ => new global::OrderCodec()),
            Encoder = static _ => global::Krait.CompilerServices.MessageCodecs.Text,
        };
}
