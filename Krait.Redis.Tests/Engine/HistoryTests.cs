using System.Globalization;
using System.Text;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>What Redis keeps of a room.</summary>
public sealed class HistoryTests : OnRedis
{
    [Fact]
    public async Task The_newest_messages_are_read_oldest_first()
    {
        var engine = await Engines.ConnectAsync();
        await PublishAsync(engine, Kept, Texts(10));

        Assert.Equal(Texts(10), Read(await engine.ReadAsync(Kept, null, 100, Token)));
        Assert.Equal(["7", "8", "9"], Read(await engine.ReadAsync(Kept, null, 3, Token)));
    }

    [Fact]
    public async Task Only_what_follows_a_position_is_read()
    {
        var engine = await Engines.ConnectAsync();
        await PublishAsync(engine, Kept, Texts(10));
        var all = await engine.ReadAsync(Kept, null, 100, Token);

        Assert.Equal(["6", "7", "8", "9"], Read(await engine.ReadAsync(Kept, all[5].Position, 100, Token)));
        Assert.Equal(["8", "9"], Read(await engine.ReadAsync(Kept, all[5].Position, 2, Token)));
        Assert.Empty(await engine.ReadAsync(Kept, all[9].Position, 100, Token));
    }

    [Fact]
    public async Task Messages_are_read_with_the_positions_with_which_they_were_delivered()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Kept, sink, Token);
        await PublishAsync(engine, Kept, Texts(3));
        await Patience.Until(() => sink.Count == 3);

        Assert.Equal(
            sink.Messages.Select(static message => (message.Position, message.Previous)),
            (await engine.ReadAsync(Kept, null, 100, Token)).Select(static message => (message.Position, message.Previous)));
    }

    [Fact]
    public async Task A_room_that_does_not_exist_has_no_messages()
    {
        var engine = await Engines.ConnectAsync();

        Assert.Empty(await engine.ReadAsync(Kept, null, 100, Token));
        Assert.Empty(await engine.ReadAsync(Kept, "1-0", 100, Token));
    }

    [Fact]
    public async Task Redis_keeps_little_more_than_the_length_of_the_history()
    {
        var engine = await Engines.ConnectAsync();
        var channel = new RoomChannel("Chat/short", new(length: 10, age: TimeSpan.FromMinutes(5)));
        await PublishAsync(engine, channel, Texts(500));

        var length = int.Parse((await Redis.AskAsync("XLEN krait:{Chat/short}:stream"))[1..], CultureInfo.InvariantCulture);

        Assert.InRange(length, 10, 110); // Redis drops whole blocks of 100
        Assert.Equal(Texts(500).TakeLast(10), Read(await engine.ReadAsync(channel, null, 10, Token)));
    }

    [Fact]
    public async Task A_message_that_is_too_old_is_not_read_while_newer_ones_are()
    {
        var engine = await Engines.ConnectAsync();
        var channel = new RoomChannel("Chat/young", new(length: 100, age: TimeSpan.FromSeconds(2)));
        await PublishAsync(engine, channel, "old");

        IReadOnlyList<string> read = [];
        await Patience.Until(async () => // keeps the room alive until the first message is too old
        {
            await PublishAsync(engine, channel, "new");
            read = Read(await engine.ReadAsync(channel, null, 1000, Token));
            return read[0] != "old";
        });

        Assert.All(read, static text => Assert.Equal("new", text));
    }

    [Fact]
    public async Task After_a_silence_the_room_is_gone_from_Redis_and_its_next_message_still_names_the_one_before()
    {
        var engine = await Engines.ConnectAsync();
        var channel = new RoomChannel("Chat/quiet", new(length: 100, age: TimeSpan.FromSeconds(1)));
        await PublishAsync(engine, channel, "first");
        var first = Assert.Single(await engine.ReadAsync(channel, null, 100, Token));
        await Patience.Until(async () => await Redis.AskAsync("EXISTS krait:{Chat/quiet}:stream") == ":0");

        await PublishAsync(engine, channel, "second");

        Assert.Equal(first.Position, Assert.Single(await engine.ReadAsync(channel, first.Position, 100, Token)).Previous);
    }

    private static IReadOnlyList<string> Texts(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => i.ToString(CultureInfo.InvariantCulture))];

    private static IReadOnlyList<string> Read(IReadOnlyList<BackplaneMessage> messages) =>
        [.. messages.Select(static message => Encoding.UTF8.GetString(message.Payload.Span))];
}
