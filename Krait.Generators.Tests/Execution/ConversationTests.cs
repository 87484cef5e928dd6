using System.Net;
using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

/// <summary>What is generated runs: a controller of each delivery, spoken to by a client.</summary>
public sealed class ConversationTests
{
    private const string Rooms = """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        public sealed record Say(string Text);

        public sealed record Said(string Room, string From, string Text);

        [JsonSerializable(typeof(Say))]
        [JsonSerializable(typeof(Said))]
        [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        internal sealed partial class RoomJson : JsonSerializerContext;

        [WebSocketController("/rooms/{room}/{floor:int}", Protocols = "room.v2, room.v1")]
        public sealed partial class RoomController(string room, int floor, [FromQuery] string name = "nobody")
        {
            [OnUpgrade]
            static UpgradeDecision Check(string room) =>
                room.Length < 10 ? UpgradeDecision.Accept() : UpgradeDecision.Deny(404, "There is no such room.");

            [OnOpen]
            Said Enter() => new(room, name, "entered floor " + floor);

            [OnMessage]
            async IAsyncEnumerable<Said> Hear(Say message)
            {
                foreach (var word in message.Text.Split(' '))
                {
                    await Task.Yield();
                    yield return new(room, name, word);
                }
            }

            [OnError]
            Said? Refuse(InvalidMessageException error) => new(room, "server", error.Kind.ToString());
        }
        """;

    [Fact]
    public async Task Events_are_dispatched_and_answered()
    {
        await using var project = await RunningProject.Start(Rooms);
        using var client = await project.Connect("/rooms/blue/3?name=ada", "room.v1");

        Assert.Equal("room.v1", client.SubProtocol);
        Assert.Equal("""{"room":"blue","from":"ada","text":"entered floor 3"}""", await client.Hear());

        await client.Say("""{"text":"one two"}""");
        Assert.Equal("""{"room":"blue","from":"ada","text":"one"}""", await client.Hear());
        Assert.Equal("""{"room":"blue","from":"ada","text":"two"}""", await client.Hear());

        await client.Say("{");
        Assert.Equal("""{"room":"blue","from":"server","text":"Malformed"}""", await client.Hear());
    }

    [Theory]
    [InlineData("/rooms/far-too-long/3", HttpStatusCode.NotFound)]
    [InlineData("/rooms/blue/99999999999", HttpStatusCode.NotFound)]
    public async Task What_is_bound_can_be_refused_before_the_upgrade(string path, HttpStatusCode status)
    {
        await using var project = await RunningProject.Start(Rooms);
        using var client = new ClientWebSocket();

        await Assert.ThrowsAsync<WebSocketException>(() => project.Connect(client, path, "room.v2"));

        Assert.Equal(status, client.HttpStatusCode);
    }

    [Fact]
    public async Task A_queue_is_pulled_by_its_loop()
    {
        await using var project = await RunningProject.Start("""
            using System.Threading.Channels;

            [WebSocketController("/queue")]
            public sealed partial class QueueController
            {
                [Run]
                async Task Run(ChannelReader<string> messages, CancellationToken stopping)
                {
                    await foreach (var message in messages.ReadAllAsync(stopping))
                    {
                        await SendAsync(message + "!", stopping);
                        if (message == "end")
                            return;
                    }
                }
            }
            """);
        using var client = await project.Connect("/queue");

        await client.Say("one");
        await client.Say("end");

        Assert.Equal("one!", await client.Hear());
        Assert.Equal("end!", await client.Hear());
        Assert.Equal("[1000]", await client.Hear());
    }

    [Fact]
    public async Task A_synchronous_loop_may_block()
    {
        await using var project = await RunningProject.Start("""
            [WebSocketController("/blocking", Delivery = MessageDelivery.Queue)]
            public sealed partial class BlockingController
            {
                [Run]
                void Run()
                {
                    while (!ShouldStop)
                    {
                        if (Messages.WaitToReadAsync(Stopping).AsTask().Result && TryReceive(out var message) && !TrySend("PONG: " + message))
                            return;
                    }
                }
            }
            """);
        using var client = await project.Connect("/blocking");

        await client.Say("one");

        Assert.Equal("PONG: one", await client.Hear());
    }

    [Fact]
    public async Task A_stream_sends_what_it_yields()
    {
        await using var project = await RunningProject.Start("""
            using System.Runtime.CompilerServices;

            [WebSocketController("/stream")]
            public sealed partial class StreamController
            {
                [Run]
                async IAsyncEnumerable<string> Run(IAsyncEnumerable<string> requests, [EnumeratorCancellation] CancellationToken stopping)
                {
                    await foreach (var request in requests.WithCancellation(stopping))
                    {
                        for (var i = 0; i < request.Length; i++)
                            yield return request[i..];
                    }
                }
            }
            """);
        using var client = await project.Connect("/stream");

        await client.Say("abc");

        Assert.Equal(["abc", "bc", "c"], [await client.Hear(), await client.Hear(), await client.Hear()]);
    }
}
