using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Answers once and has nothing more to do.</summary>
[WebSocketController("/one", Delivery = MessageDelivery.Queue)]
internal sealed partial class OneAnswerController(Journal journal)
{
    [Run]
    private async Task Run(CancellationToken stopping) => await SendAsync($"only {await ReceiveAsync(stopping)}", stopping);

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

/// <summary>Says goodbye when the connection is going away.</summary>
[WebSocketController("/polite")]
internal sealed partial class PoliteController(Journal journal)
{
    [OnMessage]
    private Task<string> Handle(string message) => LeaveAsync("OnMessage");

    [Run]
    private async Task Run() => await SendAsync(await LeaveAsync("Run"));

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);

    private async Task<string> LeaveAsync(string from)
    {
        journal.Note(from);
        await Task.Delay(Timeout.Infinite, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return $"goodbye from {from}";
    }
}

/// <summary>Takes its failures, and goes on.</summary>
[WebSocketController("/tolerant")]
internal sealed partial class TolerantController(Journal journal)
{
    [OnMessage]
    private static string Handle(string message) => message == "throw" ? throw new InvalidOperationException(ObedientController.Secret) : message;

    [OnError]
    private static string Failed(InvalidOperationException error, string? message) => $"failed: {message}";

    [OnError]
    private static string Invalid(InvalidMessageException error) => $"invalid: {error.Kind}";

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

/// <summary>Its [Run] fails.</summary>
[WebSocketController("/fail/run")]
internal sealed partial class FailingRunController(Journal journal)
{
#pragma warning disable KRAIT048 // It fails at once.
    [Run]
    private static async Task Run()
    {
        await Task.Yield();
        throw new InvalidOperationException(ObedientController.Secret);
    }
#pragma warning restore KRAIT048

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

/// <summary>A stream of its fails after two items.</summary>
[WebSocketController("/fail/stream")]
internal sealed partial class FailingStreamController(Journal journal)
{
    [OnMessage]
    private static async IAsyncEnumerable<string> Stream(string message, [EnumeratorCancellation] CancellationToken stopping)
    {
        yield return "1";
        await Task.Yield();
        yield return "2";
        throw new InvalidOperationException(ObedientController.Secret);
    }

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

internal sealed record Order(int Number);

internal sealed record Receipt(int Number);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class OrderJson : JsonSerializerContext;

/// <summary>Places orders from a queue; the first one takes until the client has closed.</summary>
[WebSocketController("/orders/queue", Sends = typeof(Receipt))]
internal sealed partial class QueuedOrdersController(Journal journal)
{
    [Run]
    private async Task Run(ChannelReader<Order> orders)
    {
        await foreach (var order in orders.ReadAllAsync())
        {
            if (order.Number == 1)
                await Connection.ClientCloses(new Receipt(0));

            journal.Note($"placed {order.Number}");
            await SendAsync(new(order.Number));
        }
    }
}

/// <summary>The same by event.</summary>
[WebSocketController("/orders/event", Sends = typeof(Receipt))]
internal sealed partial class EventOrdersController(Journal journal)
{
    [OnMessage]
    private async Task<Receipt> Place(Order order)
    {
        if (order.Number == 1)
            await Connection.ClientCloses(new Receipt(0));

        journal.Note($"placed {order.Number}");
        return new(order.Number);
    }
}

/// <summary>Takes JSON only.</summary>
[WebSocketController("/orders/strict")]
internal sealed partial class StrictOrdersController
{
    [OnMessage]
    private static Receipt Place(Order order) => new(order.Number);
}

/// <summary>Answers what is no order.</summary>
[WebSocketController("/orders/tolerant")]
internal sealed partial class TolerantOrdersController
{
    [OnMessage]
    private static Receipt Place(Order order) => new(order.Number);

    [OnError]
    private static Receipt Refuse(InvalidMessageException error) => new(-1);
}

/// <summary>Passes messages on: "name text".</summary>
[WebSocketController("/relay/{name}")]
internal sealed partial class RelayController(Peers peers, string name)
{
    [OnOpen]
    private void Enter() => peers[name] = Connection;

    [OnMessage]
    private async Task Pass(string message)
    {
        var parts = message.Split(' ', 2);
        await peers[parts[0]].SendAsync(parts[1]);
    }
}

/// <summary>Who can be reached.</summary>
internal sealed class Peers : ConcurrentDictionary<string, WebSocketConnection<string>>;

internal static class ClientCloseExtensions
{
    /// <summary>Waits until the client's close frame is there, which only sending shows.</summary>
    public static async Task ClientCloses<T>(this WebSocketConnection<T> connection, T probe) => await Patience.Until(() => !connection.TrySend(probe));
}
