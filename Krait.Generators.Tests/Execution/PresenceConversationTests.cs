using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

/// <summary>Rooms that list members, and what their clients hear of them.</summary>
public sealed class PresenceConversationTests
{
    private const string Chat = """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        [JsonDerivedType(typeof(Welcome), "welcome")]
        [JsonDerivedType(typeof(People), "people")]
        public abstract record ChatEvent;

        public sealed record Welcome(Person[] Here) : ChatEvent;

        public sealed record People(IReadOnlyList<Person> Joined, IReadOnlyList<Person> Left) : ChatEvent;

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
                return new Welcome([.. (await room.MembersAsync()).OrderBy(person => person.Name)]);
            }

            [OnMessage]
            void Rename(string name) => room.Announce(Connection, new Person(name));

            [OnPresence]
            People Changed(PresenceChange<Person> change) => new(change.Joined, change.Left);
        }

        [WebSocketController("/later")]
        public sealed partial class LaterController(IRooms<string, Person> rooms)
        {
            [OnMessage]
            async Task<string> Enter(string name)
            {
                rooms["later"].Join(Connection);
                rooms["later"].Announce(Connection, new Person(name));
                return $"{(await rooms["later"].MembersAsync()).Count} here";
            }

            [OnPresence]
            IAsyncEnumerable<string> Changed(
                [FromServices] IRooms<string, Person> same, PresenceChange<Person> change, CancellationToken stopping) =>
                change.Joined.Where(_ => same == rooms && !stopping.IsCancellationRequested).Select(person => person.Name).ToAsyncEnumerable();
        }
        """;

    [Fact]
    public async Task A_client_hears_who_is_there_and_then_who_comes_and_leaves()
    {
        await using var project = await RunningProject.Start(Chat);
        using var ada = await project.Connect("/chat/blue?name=ada");
        Assert.Equal(Welcome("ada"), await ada.Hear());

        using var bob = await project.Connect("/chat/blue?name=bob");
        Assert.Equal(Welcome("ada", "bob"), await bob.Hear());
        Assert.Equal(People(joined: "bob"), await ada.Hear());

        await bob.Say("rob");
        Assert.Equal(People(joined: "rob", left: "bob"), await ada.Hear());
        Assert.Equal(People(joined: "rob", left: "bob"), await bob.Hear());

        await bob.CloseAsync(WebSocketCloseStatus.NormalClosure, "", TestContext.Current.CancellationToken);
        Assert.Equal(People(left: "rob"), await ada.Hear());
    }

    [Fact]
    public async Task A_handler_with_services_hears_of_a_room_that_is_joined_later()
    {
        await using var project = await RunningProject.Start(Chat);
        using var ada = await project.Connect("/later");
        await ada.Say("ada");
        Assert.Equal("1 here", await ada.Hear());
        Assert.Equal("ada", await ada.Hear()); // only a list that [Room] gives counts as told

        using var bob = await project.Connect("/later");
        await bob.Say("bob");
        Assert.Equal("2 here", await bob.Hear());

        Assert.Equal("bob", await ada.Hear());
    }

    private static string Welcome(params string[] names) =>
        $$"""{"$type":"welcome","Here":[{{string.Join(",", names.Select(Person))}}]}""";

    private static string People(string? joined = null, string? left = null) =>
        $$"""{"$type":"people","Joined":[{{Person(joined)}}],"Left":[{{Person(left)}}]}""";

    private static string Person(string? name) => name is null ? "" : $$"""{"Name":"{{name}}"}""";
}
