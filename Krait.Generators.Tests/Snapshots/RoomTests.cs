using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class RoomTests
{
    private const string Feed = """
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Quote), "quote")]
        [JsonDerivedType(typeof(Tick), "tick")]
        [JsonDerivedType(typeof(FineTick), "fineTick")]
        [JsonDerivedType(typeof(TradeDone), "tradeDone")]
        public abstract record Feed;

        [WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Symbol))]
        public sealed record Quote(string Symbol, decimal Price) : Feed;

        [WhenSlow(SlowReaderPolicy.DropOldest)]
        public record Tick(long At) : Feed;

        [WhenSlow(SlowReaderPolicy.DropNewest)]
        public sealed record FineTick(long At) : Tick(At);

        public sealed record TradeDone(Guid Id) : Feed;

        [JsonSerializable(typeof(Feed))]
        internal sealed partial class FeedJson : JsonSerializerContext;

        """;

    [Fact]
    public Task A_constructor_asks_for_a_room_and_OnLost_answers_what_is_missing() => GeneratedCode.Verify(Feed + """
        [WebSocketController("/feed/{exchange}/{symbol}")]
        public sealed partial class FeedController([Room("feed/{exchange}/{symbol}")] IRoom<Feed> room, [Room("all")] IRoom<Feed> all)
        {
            [OnLost]
            Feed Resync(LostMessages lost, CancellationToken stopping) => new Tick(lost.Count + room.LocalCount + all.LocalCount);
        }
        """);

    [Fact]
    public Task One_policy_may_hold_for_all_messages() => GeneratedCode.Verify("""
        [WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Id))]
        public record struct Position(int Id, double X) : IEquatable<Position>;

        [System.Text.Json.Serialization.JsonSerializable(typeof(Position))]
        internal sealed partial class PositionJson : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/positions")]
        public sealed partial class PositionController([Room("positions")] IRoom<Position> room)
        {
            [OnOpen]
            void Enter() => Console.WriteLine(room.Name);
        }
        """);
}
