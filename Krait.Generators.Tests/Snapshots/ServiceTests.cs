using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

/// <summary>Handlers that take services: a scope for each call, and none where no handler asks.</summary>
public sealed class ServiceTests
{
    [Fact]
    public Task Every_shape_of_a_handler_is_called_in_a_scope_of_its_own() => GeneratedCode.Verify("""
        using System.Runtime.CompilerServices;
        using Microsoft.AspNetCore.Mvc;

        public sealed class Shop;

        public abstract record Order(string Item)
        {
            public sealed record Buy(string Item) : Order(Item);
            public sealed record Ask(string Item) : Order(Item);
            public sealed record Watch(string Item) : Order(Item);
            public sealed record Forget(string Item) : Order(Item);
            public sealed record Drop(string Item) : Order(Item);
        }

        public sealed class OrderCodec : IMessageDecoder<Order>
        {
            public Order Decode(in ReceivedMessage message) => new Order.Ask("");
        }

        [WebSocketController("/orders", Receives = typeof(Order))]
        [MessageCodec(typeof(OrderCodec))]
        public sealed partial class OrderController
        {
            [OnMessage]
            async Task<string> Buy(Order.Buy order, [FromServices] Shop shop, [FromServices] ILogger<Shop> log, CancellationToken stopping)
            {
                await Task.Delay(1, stopping);
                return $"{order} {shop} {log}";
            }

            [OnMessage]
            string Ask([FromKeyedServices("rare")] Shop shop, Order.Ask order, [FromKeyedServices(2)] Shop? other = null) => $"{order} {shop} {other}";

            [OnMessage]
            async IAsyncEnumerable<string> Watch(Order.Watch order, [FromServices] Shop shop, [EnumeratorCancellation] CancellationToken stopping)
            {
                await Task.Delay(1, stopping);
                yield return $"{order} {shop}";
            }

            [OnMessage]
            static void Forget(Order.Forget order, [FromServices] Shop shop) => Console.WriteLine($"{order} {shop}");

            [OnMessage]
            string Drop(Order.Drop order) => order.Item;

            [OnMessage]
            string Count(byte[] bytes, [FromServices] Shop shop) => $"{bytes.Length} {shop}";

            [OnError]
            ValueTask Fail(IOException error, [FromServices] Shop shop) => ValueTask.CompletedTask;

            [OnError]
            string Fail(Exception error, Order? failed, [FromServices] Shop? shop) => $"{error} {failed} {shop}";

            [OnClose]
            void Leave([FromServices] Shop shop, CloseInfo why, CancellationToken deadline) => Console.WriteLine($"{shop} {why} {deadline}");
        }
        """);

    [Fact]
    public Task Replies_in_a_scope_carry_the_id_of_their_message() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        public sealed record Ask([property: CorrelationId] int Id, string Item);

        public sealed record Answer([property: CorrelationId] int Id, string Text);

        [JsonSerializable(typeof(Ask))]
        [JsonSerializable(typeof(Answer))]
        internal sealed partial class AskJson : JsonSerializerContext;

        public sealed class Shop;

        [WebSocketController("/asks")]
        public sealed partial class AskController
        {
            [OnMessage]
            async IAsyncEnumerable<Answer> Tell(Ask ask, [FromServices] Shop shop)
            {
                await Task.Yield();
                yield return new(0, $"{ask} {shop}");
            }

            [OnError]
            Answer Fail(Exception error, Ask? ask, [FromServices] Shop shop) => new(0, $"{error} {ask} {shop}");
        }
        """);
}
