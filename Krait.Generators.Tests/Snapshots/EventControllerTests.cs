using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class EventControllerTests
{
    [Fact]
    public Task A_chat_room_by_route_value_speaks_json() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        namespace Rooms;

        public sealed record Say(string Text);

        public sealed record Said(string From, string Text);

        [JsonSerializable(typeof(Say))]
        [JsonSerializable(typeof(Said))]
        public sealed partial class ChatJson : JsonSerializerContext;

        public sealed class ChatRooms
        {
            public Said Join(string room, IMessageSender<Said> member) => new(member.ConnectionId, "entered " + room);

            public void Tell(string room, Said message) => Console.WriteLine(room + message);

            public void Leave(string room, IMessageSender<Said> member) => Console.WriteLine(room + member.ConnectionId);
        }

        [WebSocketController("/chat/{room}", Protocols = "chat.v2, chat.v1")]
        public sealed partial class ChatController(ChatRooms rooms, string room)
        {
            [OnUpgrade]
            static UpgradeDecision Check(UpgradeRequest request, string room) =>
                room.Length <= 32 ? UpgradeDecision.Accept() : UpgradeDecision.Deny(StatusCodes.Status404NotFound);

            [OnOpen]
            Said Enter() => rooms.Join(room, Connection);

            [OnMessage]
            void Say(Say message) => rooms.Tell(room, new Said(Connection.ConnectionId, message.Text));

            [OnError]
            Said Bad(InvalidMessageException e) => new("server", e.Message);

            [OnClose]
            void Leave(CloseInfo why) => rooms.Leave(room, Connection);
        }
        """);

    [Fact]
    public Task Every_option_of_the_attribute_reaches_the_descriptor() => GeneratedCode.Verify("""
        [WebSocketController(
            "/all",
            Protocols = "a , b,a.b+json",
            ProtocolRequired = false,
            AllowedOrigins = "https://example.com, https://example.org:8443",
            Delivery = MessageDelivery.Event,
            Receives = typeof(string),
            Sends = typeof(string),
            Compression = true,
            MaxMessageSize = 1024,
            ReceiveQueueCapacity = 8,
            ReceiveBufferSize = 2048,
            SendBufferSize = 4096,
            MaxStreams = 2)]
        public sealed partial class AllController
        {
            [OnMessage]
            string Echo(string message) => message;
        }
        """);

    [Fact]
    public Task Delivery_of_events_without_a_message_handler_only_talks() => GeneratedCode.Verify("""
        [WebSocketController("/clock", Sends = typeof(string))]
        public sealed partial class ClockController
        {
            [Run]
            async Task Tick(CancellationToken stopping)
            {
                while (!ShouldStop)
                {
                    await SendAsync(DateTimeOffset.UtcNow.ToString("O"), stopping);
                    await Task.Delay(1000, Stopping);
                }
            }
        }
        """);

    [Fact]
    public Task Handlers_take_a_cancellation_token_where_they_ask_for_one() => GeneratedCode.Verify("""
        [WebSocketController("/tokens")]
        public sealed partial class TokenController(CancellationToken aborted)
        {
            [OnUpgrade]
            static async Task<UpgradeDecision> Check(CancellationToken aborted)
            {
                await Task.Delay(1, aborted);
                return UpgradeDecision.Accept();
            }

            [OnOpen]
            Task Open(CancellationToken stopping) => Task.Delay(1, stopping);

            [OnMessage]
            Task Handle(string message, CancellationToken stopping) => Task.Delay(message.Length, stopping);

            [OnError]
            Task Fail(Exception error, CancellationToken stopping) => Task.Delay(error.Message.Length, aborted.IsCancellationRequested ? aborted : stopping);

            [OnClose]
            Task Close(CloseInfo info, CancellationToken late) => Task.Delay((int)info.Status, late);
        }
        """);

    [Fact]
    public Task Error_handlers_are_told_apart_by_exception_most_derived_first() => GeneratedCode.Verify("""
        [WebSocketController("/errors")]
        public sealed partial class ErrorController
        {
            [OnMessage]
            string Handle(string message) => message;

            [OnError]
            string Any(Exception error) => error.Message;

            [OnError]
            void Argument(ArgumentException error) => Console.WriteLine(error);

            [OnError]
            string? Null(ArgumentNullException error, string? message) => message;

            [OnError]
            string Invalid(InvalidMessageException error, string? message, CancellationToken stopping) => message ?? error.Message;
        }
        """);
}
