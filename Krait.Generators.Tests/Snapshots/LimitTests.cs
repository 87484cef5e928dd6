using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class LimitTests
{
    [Fact]
    public Task Limits_of_clients_on_a_controller_and_on_the_types_of_its_union() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [RateLimit(100, PerSeconds = 60)]
        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Search), "search")]
        public abstract record Command;

        public sealed record Say(string Text) : Command;

        [RateLimit(1, PerSeconds = 5, Burst = 3, WhenOver = WhenOver.Close)]
        public sealed record Search(string Text) : Command;

        [RateLimit(1)]
        public sealed record Unreceived;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class Json : JsonSerializerContext;

        [MaxConnections(5)]
        [MaxConnections(50, Per = Partition.Address)]
        [RateLimit(20, Burst = 40)]
        [RateLimit(200, PerSeconds = 60, Per = RateLimitPer.User, WhenOver = WhenOver.Refuse)]
        [WebSocketController("/limits")]
        public sealed partial class LimitController
        {
            [OnMessage] void Take(Command command) { }
        }
        """);

    [Fact]
    public Task The_limit_of_the_only_type_is_that_of_all_messages() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [RateLimit(20)]
        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/says")]
        public sealed partial class SayController
        {
            [OnMessage] void Take(Say say) { }
        }
        """);

    [Fact]
    public Task The_limit_of_the_only_type_leaves_binary_messages_beside_it_alone() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [RateLimit(20)]
        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/calls")]
        public sealed partial class CallController
        {
            [OnMessage] void Take(Say say) { }
            [OnMessage] void Hear(ReadOnlyMemory<byte> audio) { }
        }
        """);
}
