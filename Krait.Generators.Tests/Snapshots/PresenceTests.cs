using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class PresenceTests
{
    [Fact]
    public Task A_room_lists_members_and_OnPresence_sends_who_came_and_left() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        [JsonDerivedType(typeof(Welcome), "welcome")]
        [JsonDerivedType(typeof(PeopleChanged), "people")]
        public abstract record ChatEvent;

        public sealed record Welcome(IReadOnlyList<Person> People) : ChatEvent;

        public sealed record PeopleChanged(IReadOnlyList<Person> Joined, IReadOnlyList<Person> Left) : ChatEvent;

        public sealed record Person(string Name);

        [JsonSerializable(typeof(ChatEvent))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        [JsonSerializable(typeof(Person))]
        internal sealed partial class PersonJson : JsonSerializerContext;

        [WebSocketController("/chat/{room}")]
        public sealed partial class ChatController([Room("chat/{room}")] IRoom<ChatEvent, Person> room, [FromQuery] string name)
        {
            [OnOpen]
            async Task<Welcome> Enter()
            {
                room.Announce(Connection, new Person(name));
                return new Welcome(await room.MembersAsync());
            }

            [OnPresence]
            PeopleChanged Changed(PresenceChange<Person> change) => new(change.Joined, change.Left);
        }
        """);

    [Fact]
    public Task Members_of_rooms_that_are_joined_later_have_the_context_that_the_controller_names() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        [JsonSerializable(typeof(string[]))]
        internal sealed partial class NameJson : JsonSerializerContext;

        [JsonSerializable(typeof(string[]))]
        internal sealed partial class OtherJson : JsonSerializerContext;

        [WebSocketController("/names", JsonContext = typeof(NameJson))]
        public sealed partial class NameController(IRooms<string, string[]>? rooms = null)
        {
            [OnOpen]
            void Enter() => rooms?["names"].Join(Connection);

            [OnPresence]
            async Task<string?> Tell([FromServices] TimeProvider time, PresenceChange<string[]>? change, CancellationToken stopping)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
                return change?.Joined[0][0];
            }
        }
        """);
}
