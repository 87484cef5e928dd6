using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>The promises of an engine. Derive from it to hold an engine of your own to them.</summary>
public abstract class BackplaneConformance : EngineConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly RoomHistory History = new(length: 10, age: TimeSpan.FromMinutes(10));

    private RoomChannel Relay => new(Name, null);

    private RoomChannel Kept => new(Name, History);

    [Fact]
    public async Task A_message_reaches_all_servers_that_are_subscribed_the_publisher_included()
    {
        var (first, second) = (new Sink(), new Sink());
        await using var a = await First.SubscribeAsync(Relay, first, Token);
        await using var b = await Second.SubscribeAsync(Relay, second, Token);

        await PublishAsync(First, Relay, "a");

        await first.Has("a");
        await second.Has("a");
        Assert.Equal((null, null), (second.Messages[0].Position, second.Messages[0].Previous));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_keep_the_order_of_the_calls_though_nobody_waits_for_them(bool isKept)
    {
        var channel = isKept ? Kept : Relay;
        var sink = new Sink();
        await using var subscription = await Second.SubscribeAsync(channel, sink, Token);
        var texts = Enumerable.Range(0, 2000).Select(static i => i.ToString(CultureInfo.InvariantCulture)).ToArray();

        await Task.WhenAll(texts.Select(text => PublishAsync(First, channel, text)).ToArray());

        await sink.Has(texts);
    }

    [Fact]
    public async Task Nothing_arrives_from_other_channels_or_after_the_end_of_the_subscription()
    {
        var (sink, witness) = (new Sink(), new Sink());
        await using var other = await Second.SubscribeAsync(Relay, witness, Token);
        var subscription = await First.SubscribeAsync(Relay, sink, Token);
        await PublishAsync(First, new(Name + "/other", null), "other");
        await PublishAsync(First, Relay, "a");
        await sink.Has("a");

        await subscription.DisposeAsync();
        await PublishAsync(First, Relay, "b");

        await witness.Has("a", "b");
        Assert.Single(sink.Messages);
    }

    [Fact]
    public async Task A_server_can_subscribe_again()
    {
        await (await First.SubscribeAsync(Relay, new Sink(), Token)).DisposeAsync();
        var sink = new Sink();
        await using var subscription = await First.SubscribeAsync(Relay, sink, Token);

        await PublishAsync(First, Relay, "a");

        await sink.Has("a");
    }

    [Fact]
    public async Task Each_kept_message_names_the_one_before_it_in_the_order_in_which_they_arrive()
    {
        var sink = new Sink();
        await using var subscription = await Second.SubscribeAsync(Kept, sink, Token);
        foreach (var text in (string[])["a", "b", "c"])
            await PublishAsync(text == "b" ? Second : First, Kept, text);

        await sink.Has("a", "b", "c");

        Assert.Equal([null, sink.Messages[0].Position, sink.Messages[1].Position], sink.Messages.Select(static message => message.Previous));
        Assert.Equal(3, sink.Messages.Select(static message => message.Position).Distinct(StringComparer.Ordinal).Count());
        Assert.All(sink.Messages, static message => Assert.Matches("^[A-Za-z0-9-]{1,64}$", message.Position));
        Assert.Equal(sink.Messages.Select(Show), (await ReadAsync(null)).Select(Show));
    }

    [Fact]
    public async Task Reading_returns_what_follows_a_position()
    {
        await PublishAllAsync(5);
        var all = await ReadAsync(null);

        var after = await ReadAsync(all[2].Position);

        Assert.Equal(["3", "4"], after.Select(Text));
        Assert.Equal(all[2].Position, after[0].Previous);
        Assert.Empty(await ReadAsync(all[4].Position));
    }

    [Fact]
    public async Task Reading_returns_the_newest_if_more_follow_oldest_first()
    {
        await PublishAllAsync(5);

        var messages = await First.ReadAsync(Kept, null, 2, Token);

        Assert.Equal(["3", "4"], messages.Select(Text));
    }

    [Fact]
    public async Task Only_as_much_is_kept_as_the_length_says_and_the_oldest_still_names_the_one_before_it()
    {
        await PublishAllAsync(1);
        var first = (await ReadAsync(null))[0].Position;
        await PublishAllAsync(History.Length);

        var messages = await First.ReadAsync(Kept, null, 1000, Token);

        Assert.Equal((History.Length, first), (messages.Count, messages[0].Previous));
    }

    [Fact]
    public async Task An_empty_history_is_no_error() => Assert.Empty(await ReadAsync(null));

    [Fact]
    public async Task Any_bytes_are_carried_unchanged()
    {
        var bytes = Enumerable.Range(0, 70_000).Select(static i => (byte)(i * 7)).ToArray();
        var sink = new Sink();
        await using var subscription = await Second.SubscribeAsync(Kept, sink, Token);

        await First.PublishAsync(Kept, bytes);

        await sink.HasCount(1);
        Assert.Equal(bytes, sink.Messages[0].Payload.ToArray());
        Assert.Equal(bytes, (await ReadAsync(null))[0].Payload.ToArray());
    }

    [Fact]
    public async Task After_a_reconnect_messages_arrive_and_the_sink_is_told_to_catch_up()
    {
        var sink = new Sink();
        await using var subscription = await First.SubscribeAsync(Relay, sink, Token);

        await First.ReconnectAsync(Token);
        await sink.IsToldToCatchUp();
        await PublishAsync(Second, Relay, "a");

        await sink.Has("a");
    }

    [Fact]
    public void An_engine_that_works_is_available() => Assert.True(First.IsAvailable);

    private static Task PublishAsync(IRoomBackplane engine, RoomChannel channel, string text) =>
        engine.PublishAsync(channel, Encoding.UTF8.GetBytes(text)).AsTask();

    private static string Text(BackplaneMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    private static string Show(BackplaneMessage message) => $"{Text(message)} {message.Position} after {message.Previous}";

    private async Task PublishAllAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await PublishAsync(First, Kept, $"{i}");
    }

    private Task<IReadOnlyList<BackplaneMessage>> ReadAsync(string? after) => Second.ReadAsync(Kept, after, 1000, Token).AsTask();

    private sealed class Sink : IBackplaneSink
    {
        private readonly ConcurrentQueue<BackplaneMessage> _messages = new();
        private volatile bool _isToldToCatchUp;

        public BackplaneMessage[] Messages => [.. _messages];

        public void Deliver(BackplaneMessage message) => _messages.Enqueue(message);

        public void CatchUp() => _isToldToCatchUp = true;

        public async Task Has(params string[] texts)
        {
            await HasCount(texts.Length);
            Assert.Equal(texts, _messages.Select(Text));
        }

        public Task HasCount(int count) => Until(() => _messages.Count >= count);

        public Task IsToldToCatchUp() => Until(() => _isToldToCatchUp);

        private static async Task Until(Func<bool> condition)
        {
            using var deadline = new CancellationTokenSource(Patience);
            while (!condition())
                await Task.Delay(10, deadline.Token);
        }
    }
}
