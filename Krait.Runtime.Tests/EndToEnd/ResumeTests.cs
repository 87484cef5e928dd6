using System.Text.Json;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Rooms.Backplane;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Clients that come back to a room with a history, on real sockets.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed_after_the_answer_of_OnOpen()
    {
        await using var app = await StartAsync();
        var position = await LastPositionAsync(app);
        Room(app).Send(new Archived(1));
        Room(app).Send(new Archived(2));

        await using var client = await app.ConnectRawAsync($"/archives/a?last={position}");
        var opened = Read(await client.ReadTextAsync());
        var missed = new[] { Read(await client.ReadTextAsync()), Read(await client.ReadTextAsync()) };
        Room(app).Send(new Archived(3));

        Assert.True(opened.GetProperty("Recovered").GetBoolean());
        Assert.Equal([1, 2, 3], missed.Append(Read(await client.ReadTextAsync())).Select(static message => message.GetProperty("Number").GetInt32()));
        Assert.Equal(opened.GetProperty("Position").GetString(), missed[1].GetProperty("At").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?last=")]
    [InlineData("?last=nonsense")]
    [InlineData("?last=%00")]
    [InlineData("?last={0}&last={0}")]
    [InlineData("?at={0}")]
    public async Task A_client_without_one_known_position_is_not_recovered_and_gets_what_is_new(string query)
    {
        await using var app = await StartAsync();
        var position = await LastPositionAsync(app);
        Room(app).Send(new Archived(1));

        await using var client = await app.ConnectRawAsync("/archives/a" + query.Replace("{0}", position, StringComparison.Ordinal));
        var opened = Read(await client.ReadTextAsync());
        Room(app).Send(new Archived(2));

        Assert.False(opened.GetProperty("Recovered").GetBoolean());
        Assert.Equal(2, Read(await client.ReadTextAsync()).GetProperty("Number").GetInt32());
    }

    [Fact]
    public async Task A_client_that_comes_back_to_another_server_gets_what_it_missed()
    {
        var broker = new MemoryBroker();
        await using var first = await StartAsync(broker);
        await using var second = await StartAsync(broker);
        var position = await LastPositionAsync(first);
        await Room(first).SendAsync(new Archived(1), cancellationToken: TestContext.Current.CancellationToken);

        await using var client = await second.ConnectRawAsync($"/archives/a?last={position}");
        var opened = Read(await client.ReadTextAsync());
        var missed = Read(await client.ReadTextAsync());
        await Room(first).SendAsync(new Archived(2), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(opened.GetProperty("Recovered").GetBoolean());
        Assert.Equal((1, opened.GetProperty("Position").GetString()), (missed.GetProperty("Number").GetInt32(), missed.GetProperty("At").GetString()));
        Assert.Equal(2, Read(await client.ReadTextAsync()).GetProperty("Number").GetInt32());
    }

    [Fact]
    public async Task A_controller_without_handlers_gives_its_clients_the_messages_of_its_room()
    {
        await using var app = await Served.StartAsync<ListenerController>();
        await using var client = await app.ConnectRawAsync("/listeners/a");
        await Patience.Until(() => Room(app).LocalCount == 1);

        Room(app).Send(new Archived(1));

        Assert.Equal("""{"$type":"archived","Number":1,"At":null}""", await client.ReadTextAsync());
    }

    private static Task<TestApp> StartAsync(MemoryBroker? broker = null) => Served.StartAsync<ArchiveController>(builder =>
    {
        builder.Services.AddRooms<ArchiveEvent>(static rooms => rooms.History = new(length: 10, age: TimeSpan.FromHours(1)));
        if (broker is not null)
            builder.Services.AddSingleton<IRoomBackplane>(broker.Connect());
    });

    private static IRoom<ArchiveEvent> Room(TestApp app) => app.Services.GetRequiredService<IRooms<ArchiveEvent>>()["archives/a"];

    /// <summary>Lets a client hear one message, and returns its position.</summary>
    private static async Task<string> LastPositionAsync(TestApp app)
    {
        await using var client = await app.ConnectRawAsync("/archives/a");
        await client.ReadTextAsync();
        Room(app).Send(new Archived(0));
        return Read(await client.ReadTextAsync()).GetProperty("At").GetString()!;
    }

    private static JsonElement Read(string text) => JsonDocument.Parse(text).RootElement;
}
