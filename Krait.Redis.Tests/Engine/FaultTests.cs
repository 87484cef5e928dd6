using System.Diagnostics;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.Extensions.Logging;

namespace Krait.Redis.Tests.Engine;

/// <summary>Redis goes away, and comes back.</summary>
public sealed class FaultTests : OnRedis
{
    [Fact]
    public async Task A_subscription_that_Redis_cuts_off_is_restored_and_the_room_is_told()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Relay, sink, Token);

        Assert.Equal(":1", await Redis.AskAsync("CLIENT KILL TYPE pubsub"));

        await Patience.Until(() => sink.CatchUps > 0);
        await PublishAsync(engine, Relay, "again");
        await Patience.Until(() => sink.Texts.Contains("again"));
    }

    [Fact]
    public async Task When_a_room_is_told_to_catch_up_it_is_subscribed_again()
    {
        var engine = await Engines.ConnectAsync();
        var sinks = await SubscribeToManyAsync(engine);

        await Redis.AskAsync("CLIENT KILL TYPE pubsub");
        await Patience.Until(() => sinks.All(static sink => sink.CatchUps > 0));

        await Task.WhenAll(sinks.Select((_, i) => engine.PublishAsync(Room(i), Bytes("m")).AsTask())).InTime();
        await Patience.Until(() => sinks.All(static sink => sink.Count == 1));
    }

    [Fact]
    public async Task After_an_interruption_all_channels_are_subscribed_to_on_a_new_connection()
    {
        // Of 20,000 channels, the library sometimes restores only the first thousands, and does not tell.
        var engine = await Engines.ConnectAsync();
        var sinks = await SubscribeToManyAsync(engine);
        var old = engine.Listener;

        Redis.Kill();
        await Redis.RestartAsync();
        await Patience.Until(() => sinks.All(static sink => sink.CatchUps > 0));

        Assert.NotSame(old, engine.Listener);
        Assert.Equal(":500", await Redis.AskAsync("EVAL \"return #redis.call('PUBSUB', 'CHANNELS')\" 0"));
    }

    [Fact]
    public async Task While_Redis_is_away_publishing_fails_at_once_and_nothing_is_sent_later()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Relay, sink, Token);
        Redis.Kill();
        await Patience.Until(() => !engine.IsAvailable);

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
            await Assert.ThrowsAnyAsync<Exception>(() => engine.PublishAsync(Relay, Bytes("lost")).AsTask());

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Redis.RestartAsync();
        await Patience.Until(() => engine.IsAvailable && sink.CatchUps > 0);
        await PublishUntilTakenAsync(engine, Relay, "taken");
        await Patience.Until(() => sink.Count > 0);
        Assert.Equal(["taken"], sink.Texts);
    }

    [Fact]
    public async Task A_Redis_that_comes_back_empty_carries_messages_again_within_15_seconds()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Kept, sink, Token);
        await PublishAsync(engine, Kept, "before");
        Redis.Kill();
        await Redis.RestartAsync();
        var clock = Stopwatch.StartNew();

        await Patience.Until(() => sink.CatchUps > 0);
        await PublishUntilTakenAsync(engine, Kept, "after");
        await Patience.Until(() => sink.Texts.Contains("after"));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Null(sink.Messages[^1].Previous); // so the core knows that messages may be missing
    }

    [Fact]
    public async Task Calls_to_a_frozen_Redis_end_and_succeed_when_it_goes_on()
    {
        var engine = await Engines.ConnectAsync();
        await PublishAsync(engine, Kept, "before");
        Redis.Freeze();

        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<Exception>(() => engine.PublishAsync(Kept, Bytes("m")).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => engine.ReadAsync(Kept, null, 1, Token).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => engine.SubscribeAsync(Relay, new CollectingSink(), Token).AsTask());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Redis.Thaw();

        await PublishUntilTakenAsync(engine, Kept, "after");
        var sink = new CollectingSink();
        await Patience.Until(async () => // the connection on which messages arrive may need longer; the core tries again, too
        {
            var subscribing = engine.SubscribeAsync(Relay, sink, Token).AsTask();
            await ((Task)subscribing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return subscribing.IsCompletedSuccessfully;
        });
        await PublishAsync(engine, Relay, "hello");
        await Patience.Until(() => sink.Count == 1);
    }

    [Fact]
    public async Task A_new_connection_takes_over_all_subscriptions_and_no_message_comes_twice()
    {
        var engine = await Engines.ConnectAsync();
        var sinks = await SubscribeToManyAsync(engine);
        var old = engine.Listener;

        await engine.ReconnectAsync(Token).AsTask().InTime();

        Assert.NotSame(old, engine.Listener);
        Assert.All(sinks, static sink => Assert.Equal(1, sink.CatchUps));
        await Task.WhenAll(sinks.Select((_, i) => engine.PublishAsync(Room(i), Bytes("m")).AsTask())).InTime();
        await Patience.Until(() => sinks.All(static sink => sink.Count > 0));
        await Patience.Until(() => !old.Connection.IsConnected);
        Assert.All(sinks, static sink => Assert.Equal(1, sink.Count));
    }

    [Fact]
    public async Task A_new_connection_is_refused_while_Redis_is_away_and_the_old_one_recovers()
    {
        var engine = await Engines.ConnectAsync();
        var sink = new CollectingSink();
        await engine.SubscribeAsync(Relay, sink, Token);
        var old = engine.Listener;
        Redis.Kill();

        await Assert.ThrowsAnyAsync<Exception>(() => engine.ReconnectAsync(Token).AsTask().InTime());

        Assert.Same(old, engine.Listener);
        await Redis.RestartAsync();
        await Patience.Until(() => sink.CatchUps > 0);
        await PublishUntilTakenAsync(engine, Relay, "again");
        await Patience.Until(() => sink.Texts.Contains("again"));
    }

    [Fact]
    public async Task An_outage_is_logged_once_and_its_end_too()
    {
        var engine = await Engines.ConnectAsync();
        Redis.Kill();
        await Patience.Until(() => !engine.IsAvailable);
        await Redis.RestartAsync();
        await Patience.Until(() => engine.IsAvailable && Engines.Logs.OfKrait(LogLevel.Information).Count >= 2);

        Assert.Equal(
            [LogLevel.Warning, LogLevel.Information],
            Engines.Logs.OfKrait(LogLevel.Information).Select(static entry => entry.Level));
    }

    private static RoomChannel Room(int number) => new($"Chat/{number}", null);

    private static async Task<IReadOnlyList<CollectingSink>> SubscribeToManyAsync(RedisBackplane engine)
    {
        var sinks = Enumerable.Range(0, 500).Select(static _ => new CollectingSink()).ToList();
        await Task.WhenAll(sinks.Select((sink, i) => engine.SubscribeAsync(Room(i), sink, Token).AsTask())).InTime();
        return sinks;
    }
}
