using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class CodecTests
{
    /// <summary>Codecs that do nothing; what matters is who is asked for what.</summary>
    private const string Codecs = """
        using System.Buffers;
        using System.Net.WebSockets;
        using System.Text.Json.Serialization;

        public abstract record Command;

        public sealed record Subscribe(string Symbol) : Command;

        public sealed record Unsubscribe(string Symbol) : Command;

        public sealed record Quote(string Symbol, decimal Price);

        public sealed class PackCodec<T> : IMessageCodec<T>
            where T : class
        {
            public T Decode(in ReceivedMessage message) => throw new FormatException();

            public WebSocketMessageType Encode(T message, IBufferWriter<byte> output) => WebSocketMessageType.Binary;
        }

        internal sealed class CommandDecoder(TimeProvider time, [FromKeyedServices("feed")] object key, int depth = 3, IServiceProvider? services = null) : IMessageDecoder<Command>
        {
            public Command Decode(in ReceivedMessage message) => throw new FormatException($"{time} {key} {depth} {services}");
        }

        """;

    [Fact]
    public Task The_codec_follows_the_subprotocol() => GeneratedCode.Verify(Codecs + """
        [JsonDerivedType(typeof(Buy), "buy")]
        [JsonDerivedType(typeof(Sell), "sell")]
        public abstract record Order;

        public sealed record Buy(int Count) : Order;

        public sealed record Sell(int Count) : Order;

        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Quote))]
        internal sealed partial class OrderJson : JsonSerializerContext;

        [WebSocketController("/orders", Protocols = "v1+pack, v1+json")]
        [MessageCodec(typeof(PackCodec<>), Protocol = "v1+pack")]
        public sealed partial class OrderController
        {
            [OnMessage]
            Quote Buy(Buy buy) => new("a", buy.Count);

            [OnMessage]
            Quote Sell(Sell sell) => new("a", sell.Count);
        }
        """);

    [Fact]
    public Task A_base_that_a_codec_decodes_is_a_union_and_needs_no_context() => GeneratedCode.Verify(Codecs + """
        [WebSocketController("/feed")]
        [MessageCodec(typeof(CommandDecoder))]
        [MessageCodec(typeof(PackCodec<Quote>))]
        public sealed partial class FeedController
        {
            [OnMessage]
            Quote On(Subscribe subscribe) => new(subscribe.Symbol, 1);

            [OnMessage]
            void Off(Unsubscribe unsubscribe) => Console.WriteLine(unsubscribe);
        }
        """);

    [Fact]
    public Task Where_every_subprotocol_has_its_codec_no_other_is_needed() => GeneratedCode.Verify(Codecs + """
        [WebSocketController("/feed", Protocols = "a, b")]
        [MessageCodec(typeof(PackCodec<>), Protocol = "a")]
        [MessageCodec(typeof(CommandDecoder), Protocol = "b")]
        [MessageCodec(typeof(PackCodec<Quote>), Protocol = "b")]
        public sealed partial class FeedController
        {
            [OnMessage]
            Quote On(Subscribe subscribe) => new(subscribe.Symbol, 1);

            [OnMessage]
            void Others(Command command) => Console.WriteLine(command);
        }
        """);

    [Fact]
    public Task A_codec_may_be_private_to_its_controller_and_read_text() => GeneratedCode.Verify("""
        using System.Buffers;
        using System.Net.WebSockets;

        [WebSocketController("/shout", Delivery = MessageDelivery.Queue)]
        [MessageCodec(typeof(Shout))]
        public sealed partial class ShoutController
        {
            private sealed class Shout : IMessageCodec<string>
            {
                public string Decode(in ReceivedMessage message) => "";

                public WebSocketMessageType Encode(string message, IBufferWriter<byte> output) => WebSocketMessageType.Text;
            }
        }
        """);
}
