using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class RoomHistoryTests
{
    [Fact]
    public Task A_client_comes_back_to_a_union_in_which_some_messages_have_a_position() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Said), "said")]
        [JsonDerivedType(typeof(Drawn), "drawn")]
        [JsonDerivedType(typeof(Mark), "mark")]
        [JsonDerivedType(typeof(Welcome), "welcome")]
        public interface IBoardEvent;

        public sealed record Said(string Text, [property: RoomPosition] string? At = null) : IBoardEvent;

        public sealed class Drawn : IBoardEvent
        {
            [RoomPosition]
            public string @event { get; set; } = "";
        }

        public record struct Mark(int X, [property: RoomPosition] string At) : IBoardEvent;

        public sealed record Welcome : IBoardEvent;

        [JsonSerializable(typeof(IBoardEvent))]
        internal sealed partial class BoardJson : JsonSerializerContext;

        [WebSocketController("/boards/{board}")]
        public sealed partial class BoardController([Room("boards/{board}")] IRoom<IBoardEvent> room)
        {
            [OnOpen]
            IBoardEvent? Enter([Resume(From = "last")] Resumption resumed, string board) => resumed.Recovered ? null : new Said(board + room.Name);
        }
        """);

    [Fact]
    public Task A_base_has_the_position_of_all_messages() => GeneratedCode.Verify("""
        using System.Buffers;
        using System.Net.WebSockets;

        public abstract record Positioned
        {
            [RoomPosition]
            public string? At { get; init; }
        }

        public abstract record News : Positioned;

        public sealed record Headline(string Text) : News;

        public sealed class NewsCodec : IMessageEncoder<News>
        {
            public WebSocketMessageType Encode(News message, IBufferWriter<byte> output) => WebSocketMessageType.Text;
        }

        [WebSocketController("/news")]
        [MessageCodec(typeof(NewsCodec))]
        public sealed partial class NewsController([Room("news")] IRoom<News> room)
        {
            [OnOpen]
            void Enter([Resume(ReplayAll = true)] Resumption connection) => room.Send(new Headline(connection.Position ?? ""));
        }
        """);

    [Fact]
    public Task A_codec_may_write_any_message_with_a_position() => GeneratedCode.Verify("""
        using System.Buffers;
        using System.Net.WebSockets;

        public interface IPositioned
        {
            [RoomPosition]
            string? At { get; }
        }

        public abstract record News;

        public record Headline(string Text, string? At = null) : News, IPositioned;

        public sealed record Alarm(string Text, int Level) : Headline(Text);

        public sealed class NewsCodec : IMessageEncoder<News>
        {
            public WebSocketMessageType Encode(News message, IBufferWriter<byte> output) => WebSocketMessageType.Text;
        }

        [WebSocketController("/news")]
        [MessageCodec(typeof(NewsCodec))]
        public sealed partial class NewsController([Room("news")] IRoom<News> room)
        {
            [OnOpen]
            void Enter() => room.Send(new Alarm("fire", 1));
        }
        """);

    [Fact]
    public Task A_class_with_a_setter_is_assigned_its_position() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        public sealed class Headline
        {
            [RoomPosition]
            public string? At { get; set; }
        }

        [JsonSerializable(typeof(Headline))]
        internal sealed partial class NewsJson : JsonSerializerContext;

        [WebSocketController("/news")]
        public sealed partial class NewsController([Room("news")] IRoom<Headline> room)
        {
            public override string ToString() => room.Name;
        }
        """);
}
