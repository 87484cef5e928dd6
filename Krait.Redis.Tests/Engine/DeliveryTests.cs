using System.Globalization;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>Messages on their way from server to server.</summary>
public sealed class DeliveryTests : OnRedis
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_reaches_all_servers_that_are_subscribed(bool hasHistory)
    {
        var channel = hasHistory ? Kept : Relay;
        var (first, second) = (await Engines.ConnectAsync(), await Engines.ConnectAsync());
        var (here, there) = (new CollectingSink(), new CollectingSink());
        await first.SubscribeAsync(channel, here, Token);
        await second.SubscribeAsync(channel, there, Token);

        await PublishAsync(first, channel, "hello");

        await Patience.Until(() => here.Texts.SequenceEqual(["hello"]) && there.Texts.SequenceEqual(["hello"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_keep_the_order_of_the_calls_although_nothing_waits_for_the_answers(bool hasHistory)
    {
        var channel = hasHistory ? Kept : Relay;
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(channel, sink, Token);
        var texts = Enumerable.Range(0, 10_000).Select(static i => i.ToString(CultureInfo.InvariantCulture)).ToList();

        await Task.WhenAll(texts.Select(text => engine.PublishAsync(channel, Bytes(text)).AsTask())).InTime();

        await Patience.Until(() => sink.Count == texts.Count);
        Assert.Equal(texts, sink.Texts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_bytes_arrive_as_they_were_sent(bool hasHistory)
    {
        var channel = hasHistory ? Kept : Relay;
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(channel, sink, Token);
        byte[][] payloads = [[], [0], [13, 10, 0, 255], [.. Enumerable.Range(0, 1 << 20).Select(static i => (byte)(i * 7))]];

        foreach (var payload in payloads)
            await engine.PublishAsync(channel, payload).AsTask().InTime();

        await Patience.Until(() => sink.Count == payloads.Length);
        Assert.Equal(payloads, sink.Messages.Select(static message => message.Payload.ToArray()));
    }

    [Fact]
    public async Task Every_message_of_a_history_names_the_one_before_it()
    {
        var (first, second) = (await Engines.ConnectAsync(), await Engines.ConnectAsync());
        var sink = new CollectingSink();
        await first.SubscribeAsync(Kept, sink, Token);

        var engines = Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? first : second);
        await Task.WhenAll(engines.Select(static engine => engine.PublishAsync(Kept, Bytes("m")).AsTask())).InTime();

        await Patience.Until(() => sink.Count == 200);
        var positions = sink.Messages.Select(static message => message.Position).ToList();
        Assert.Equal([null, .. positions.SkipLast(1)], sink.Messages.Select(static message => message.Previous));
        Assert.Equal(200, positions.Distinct().Count());
    }

    [Fact]
    public async Task After_its_end_a_subscription_brings_nothing_and_the_channel_can_be_subscribed_to_again()
    {
        var engine = await Engines.ConnectAsync();
        var (before, after) = (new CollectingSink(), new CollectingSink());
        var subscription = await engine.SubscribeAsync(Relay, before, Token);
        var ending = subscription.DisposeAsync();
        await engine.SubscribeAsync(Relay, after, Token);
        await ending;

        await PublishAsync(engine, Relay, "hello");

        await Patience.Until(() => after.Count == 1);
        Assert.Equal(0, before.Count);
    }

    [Fact]
    public async Task Applications_with_different_prefixes_do_not_hear_each_other()
    {
        var first = await Engines.ConnectAsync();
        var second = await Engines.ConnectAsync(static options => options.Prefix = "shop");
        var (here, there) = (new CollectingSink(), new CollectingSink());
        await first.SubscribeAsync(Relay, here, Token);
        await second.SubscribeAsync(Relay, there, Token);

        await PublishAsync(first, Relay, "for krait");
        await PublishAsync(second, Relay, "for the shop");

        await Patience.Until(() => here.Count == 1 && there.Count == 1);
        Assert.Equal(["for krait", "for the shop"], here.Texts.Concat(there.Texts));
    }

    [Fact]
    public async Task A_message_of_another_program_is_skipped_and_logged()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Kept, sink, Token);

        await Redis.AskAsync("PUBLISH krait:{Chat/kept} x");
        await PublishAsync(engine, Kept, "hello");

        await Patience.Until(() => sink.Texts.SequenceEqual(["hello"]));
        Assert.Contains("Chat/kept", Assert.Single(Engines.Logs.OfKrait()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sharded_channels_work_on_one_server_too()
    {
        var engine = await Engines.ConnectAsync(static options => options.ShardedPubSub = true);
        var (relayed, kept) = (new CollectingSink(), new CollectingSink());
        await engine.SubscribeAsync(Relay, relayed, Token);
        await engine.SubscribeAsync(Kept, kept, Token);

        await PublishAsync(engine, Relay, "relayed");
        await PublishAsync(engine, Kept, "kept");

        await Patience.Until(() => relayed.Texts.SequenceEqual(["relayed"]) && kept.Texts.SequenceEqual(["kept"]));
    }
}
