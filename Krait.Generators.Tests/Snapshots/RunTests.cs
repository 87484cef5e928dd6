using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class RunTests
{
    private const string Messages = """
        public sealed record Order(string Item, int Count);

        public sealed record Receipt(Guid Number);

        [System.Text.Json.Serialization.JsonSerializable(typeof(Order))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Receipt))]
        public sealed partial class OrderJson : System.Text.Json.Serialization.JsonSerializerContext;

        """;

    [Fact]
    public Task A_task_pulls_messages_from_a_channel() => GeneratedCode.VerifyWhole();

    [Fact]
    public Task A_value_task_reads_messages_as_a_stream() => GeneratedCode.Verify(Messages + """
        [WebSocketController("/orders")]
        public sealed partial class OrderController
        {
            [Run]
            async ValueTask Run(IAsyncEnumerable<Order> orders)
            {
                await foreach (var order in orders)
                    TrySend(order.Item);
            }
        }
        """);

    [Fact]
    public Task A_task_pulls_messages_by_the_generated_methods() => GeneratedCode.Verify(Messages + """
        [WebSocketController("/orders", Delivery = MessageDelivery.Queue, Receives = typeof(Order), Sends = typeof(Receipt))]
        public sealed partial class OrderController
        {
            [Run]
            async Task Run()
            {
                while (!ShouldStop)
                {
                    var first = await ReceiveAsync(Stopping);
                    while (TryReceive(out var next))
                        first = next;
                    await SendAsync(new Receipt(Guid.Empty));
                    Console.WriteLine(first.Item + Messages.Completion.IsCompleted);
                }
            }
        }
        """);

    [Fact]
    public Task A_synchronous_run_gets_a_thread() => GeneratedCode.Verify("""
        [WebSocketController("/pingpong", Protocols = "pingpong", Delivery = MessageDelivery.Queue)]
        public sealed partial class PingPongController
        {
            [Run]
            void Run()
            {
                while (!ShouldStop)
                {
                    if (TryReceive(out var message))
                        TrySend("PONG: " + message);
                }
            }
        }
        """);

    [Fact]
    public Task A_stream_sends_what_it_yields() => GeneratedCode.Verify("using System.Runtime.CompilerServices;\n" + Messages + """
        [WebSocketController("/receipts")]
        public sealed partial class ReceiptController
        {
            [Run]
            async IAsyncEnumerable<Receipt> Run(IAsyncEnumerable<Order> orders, [EnumeratorCancellation] CancellationToken stopping)
            {
                await foreach (var order in orders.WithCancellation(stopping))
                    yield return new Receipt(new Guid(order.Count, 0, 0, new byte[8]));
            }
        }
        """);

    [Fact]
    public Task A_stream_beside_message_handlers() => GeneratedCode.Verify("""
        using System.Runtime.CompilerServices;

        [WebSocketController("/ticks")]
        public sealed partial class TickController
        {
            private int interval = 1000;

            [OnMessage]
            void Set(string message) => interval = message.Length;

            [Run]
            async IAsyncEnumerable<string> Ticks([EnumeratorCancellation] CancellationToken stopping)
            {
                while (true)
                {
                    await Task.Delay(interval, stopping);
                    yield return "tick";
                }
            }
        }
        """);
}
