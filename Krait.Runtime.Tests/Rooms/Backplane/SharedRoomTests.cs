using System.Text;
using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>Rooms that reach over several servers, whatever the engine.</summary>
public sealed class SharedRoomTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryBroker _broker = new();
    private readonly List<Server> _servers = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_on_all_servers_get_the_messages_in_one_order(bool hasHistory)
    {
        var (first, second) = (Server(hasHistory), Server(hasHistory));
        var (a, b) = (await first.JoinAsync(), await second.JoinAsync());
        Parallel.For(0, 100, i => (i % 2 == 0 ? first : second).Room.Send(new Note($"{i}")));

        await Patience.Until(() => a.Sent.Count == 100 && b.Sent.Count == 100);

        Assert.Equal(a.Sent, b.Sent);
        Assert.Empty(a.Losses);
    }

    [Fact]
    public async Task A_room_can_be_used_where_the_flow_of_the_execution_context_is_suppressed()
    {
        var server = Server();
        using (ExecutionContext.SuppressFlow())
            server.Room.Send(new Note("first")); // begins the heartbeat

        var client = await server.JoinAsync();
        server.Room.Send(new Note("second"));

        await client.HasSent("second");
    }

    [Fact]
    public async Task One_connection_is_left_out_on_whatever_server_it_is()
    {
        var (first, second) = (Server(), Server());
        var (a, b) = (await first.JoinAsync(), await second.JoinAsync());

        first.Room.Send(new Note("for a"), except: b.Connection);
        first.Room.Send(new Note("for both"));

        await a.HasSent("for a", "for both");
        await b.HasSent("for both");
    }

    [Fact]
    public async Task A_member_with_another_codec_gets_messages_that_another_server_encoded()
    {
        var (first, second) = (Server(), Server());
        await second.Rooms.WhenReady("room");
        var client = new RoomClient(new ShoutEncoder("other "));
        second.Room.Join(client.Connection);

        first.Room.Send(new Quote("A", 1));

        await client.HasSent("other A=1");
    }

    [Fact]
    public async Task Policies_of_types_apply_to_messages_of_other_servers()
    {
        var (first, second) = (Server(bufferSize: 1), Server(bufferSize: 1));
        var client = await second.JoinAsync();
        client.Stall();
        for (var i = 0; i < 5; i++)
            first.Room.Send(new Quote("A", i));

        client.TakeAll();

        Assert.Equal(["stalled", "A=0", "A=4"], client.Sent);
    }

    [Fact]
    public async Task Without_history_a_gap_is_told_with_the_next_message()
    {
        var (first, second) = (Server(), Server());
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        await client.HasSent("0");

        second.Engine.Drops = 2;
        for (var i = 1; i <= 3; i++)
            first.Room.Send(new Note($"{i}"));

        await Patience.Until(() => client.Losses.Count == 1);
        Assert.Equal((2L, 0L), (client.Losses[0].Lost.Count, client.Losses[0].Lost.Conflated));
        Assert.Equal(["0"], client.Sent); // the rest follows the reply of [OnLost]
        client.Losses[0].Handled();
        await client.HasSent("0", "3");
    }

    [Fact]
    public async Task Without_history_the_loss_of_the_last_message_is_told_by_a_heartbeat()
    {
        var (first, second) = (Server(), Server());
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        await client.HasSent("0");

        second.Engine.Drops = 1;
        first.Room.Send(new Note("1"));

        await Beat(() => client.Losses.Count == 1);
        Assert.Equal(1, client.Losses[0].Lost.Count);
    }

    [Fact]
    public async Task With_history_what_did_not_arrive_is_read_and_comes_in_order()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        second.Engine.Drops = 2;
        for (var i = 1; i <= 3; i++)
            first.Room.Send(new Note($"{i}"));

        await client.HasSent("0", "1", "2", "3");
        Assert.Empty(client.Losses);
    }

    [Fact]
    public async Task With_history_the_last_message_is_read_when_a_heartbeat_or_the_engine_says_so()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        second.Engine.Drops = 1;
        first.Room.Send(new Note("1"));
        await Beat(() => client.Sent.Count == 2);

        second.Engine.Drops = 1;
        first.Room.Send(new Note("2"));
        second.Engine.CatchUp();

        await client.HasSent("0", "1", "2");
        Assert.Empty(client.Losses);
    }

    [Fact]
    public async Task More_than_the_history_holds_is_reported_as_lost()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        second.Engine.Drops = 20;
        for (var i = 1; i <= 21; i++)
            first.Room.Send(new Note($"{i}"));

        await Patience.Until(() => client.Losses.Count == 1);
        Assert.Equal(11, client.Losses[0].Lost.Count);
        client.Losses[0].Handled();

        await client.HasSent(["0", .. Enumerable.Range(12, 10).Select(static i => $"{i}")]);
    }

    [Fact]
    public async Task After_a_failover_with_a_lost_tail_members_are_told_and_nobody_is_said_to_be_recovered()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await first.JoinAsync();
        foreach (var text in (string[])["placed 0", "placed 1", "placed 2"])
            first.Room.Send(new Placed(text));

        await client.HasSentTexts("placed 0", "placed 1", "placed 2");
        var position = client.Sent[^1].Split('@')[1];
        client.Leave();
        var stays = await second.JoinAsync();

        _broker.LoseTail(2);
        first.Room.Send(new Placed("placed 3"));
        first.Room.Send(new Placed("placed 4"));
        first.Room.Send(new Placed("placed 5"));

        await Patience.Until(() => stays.Losses.Count == 1);
        Assert.Equal(0, stays.Losses[0].Lost.Count); // an unknown number
        stays.Losses[0].Handled();
        await stays.HasSentTexts("placed 3", "placed 4", "placed 5");

        var onFirst = new Resumption { From = position };
        var onSecond = new Resumption { From = position };
        await first.JoinAsync(onFirst);
        await second.JoinAsync(onSecond);
        Assert.Equal((false, false), (onFirst.Recovered, onSecond.Recovered));
    }

    [Fact]
    public async Task After_the_history_is_gone_nobody_is_said_to_be_recovered()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        await client.HasSentTexts("placed 0");
        var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };

        _broker.LoseAll();
        first.Room.Send(new Placed("placed 1"));
        await second.JoinAsync(resumption);

        Assert.False(resumption.Recovered);
    }

    [Fact]
    public async Task A_client_comes_back_on_another_server()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        await client.HasSentTexts("placed 0");
        client.Leave();
        first.Room.Send(new Placed("placed 1"));

        var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };
        var back = await second.JoinAsync(resumption);
        first.Room.Send(new Placed("placed 2"));

        Assert.True(resumption.Recovered);
        await back.HasSentTexts("placed 1", "placed 2");
    }

    [Fact]
    public async Task Many_that_come_back_share_one_read()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        first.Room.Send(new Placed("placed 1"));
        await client.HasSentTexts("placed 0", "placed 1");
        var reads = _broker.Reads;

        for (var i = 0; i < 50; i++)
        {
            var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };
            await (await second.JoinAsync(resumption)).HasSentTexts("placed 1");
            Assert.True(resumption.Recovered);
        }

        Assert.Equal(1, _broker.Reads - reads);
    }

    [Fact]
    public async Task While_the_engine_is_down_SendAsync_throws_and_Send_counts_and_nobody_gets_the_message()
    {
        var server = Server();
        var client = await server.JoinAsync();
        _broker.IsDown = true;

        await Assert.ThrowsAsync<RoomUnavailableException>(
            () => server.Room.SendAsync(new Note("lost"), cancellationToken: TestContext.Current.CancellationToken).AsTask());
        server.Room.Send(new Note("lost too"));
        Assert.Equal(1, server.Hub.Limits.Failed);

        _broker.IsDown = false;
        server.Room.Send(new Note("again"));
        await Patience.Until(() => HandleAll(client) && client.Sent.SequenceEqual(["again"]));
    }

    [Fact]
    public async Task While_the_engine_is_down_members_of_this_server_get_the_message_if_the_room_says_so()
    {
        var (first, second) = (Server(whenUnavailable: RoomUnavailability.LocalOnly), Server());
        var (a, b) = (await first.JoinAsync(), await second.JoinAsync());
        _broker.IsDown = true;

        await Assert.ThrowsAsync<RoomUnavailableException>(
            () => first.Room.SendAsync(new Note("here"), cancellationToken: TestContext.Current.CancellationToken).AsTask());

        await a.HasSent("here");
        Assert.Empty(b.Sent);
    }

    [Fact]
    public async Task A_room_that_is_opened_while_the_engine_is_down_works_once_it_is_back()
    {
        var (first, second) = (Server(), Server());
        _broker.IsDown = true;
        var client = await first.JoinAsync(); // waits for nothing
        _broker.IsDown = false;

        await Patience.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _broker.Subscriptions > 0;
        });
        await first.Rooms.WhenReady("room");
        second.Room.Send(new Note("a"));

        await Patience.Until(() => HandleAll(client) && client.Sent.SequenceEqual(["a"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_member_that_joined_before_its_server_heard_others_is_told_that_something_may_be_missing(bool hasHistory)
    {
        var (first, second) = (Server(hasHistory), Server(hasHistory));
        second.Engine.IsCutOff = true;
        var client = await second.JoinAsync(); // waits for nothing
        first.Room.Send(new Note("missed"));
        second.Engine.IsCutOff = false;

        await Beat(() => client.Losses.Count == 1);

        Assert.Equal((0L, 0), (client.Losses[0].Lost.Count, client.Sent.Count));
    }

    [Fact]
    public async Task Without_history_an_outage_in_which_heartbeats_are_lost_is_told_because_they_may_have_claimed_messages()
    {
        var (first, second) = (Server(), Server());
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        await Beat(() => first.Engine.Beats > 4 && second.Engine.Beats > 4);

        second.Engine.IsCutOff = true;
        first.Room.Send(new Note("missed"));
        var beats = first.Engine.Beats;
        await Beat(() => first.Engine.Beats > beats + 2);
        second.Engine.IsCutOff = false;
        second.Engine.CatchUp();

        await Beat(() => client.Losses.Count > 0);
        Assert.Equal((0L, 1), (client.Losses[0].Lost.Count, client.Sent.Count));
    }

    [Fact]
    public async Task A_server_that_could_not_send_its_heartbeat_lets_nobody_think_that_messages_are_lost()
    {
        var (first, second) = (Server(), Server());
        var client = await second.JoinAsync();
        first.Room.Send(new Note("0"));
        await Beat(() => first.Engine.Beats > 4);

        first.Engine.IsCutOff = true;
        var beats = second.Engine.Beats;
        await Beat(() => second.Engine.Beats > beats + 2);
        first.Engine.IsCutOff = false;
        first.Engine.CatchUp();
        beats = second.Engine.Beats;
        await Beat(() => second.Engine.Beats > beats + 6);

        Assert.Empty(client.Losses);
        await client.HasSent("0");
    }

    [Fact]
    public async Task Without_history_the_loss_of_the_only_message_of_a_server_is_told_by_a_heartbeat()
    {
        var (first, second) = (Server(), Server());
        var client = await second.JoinAsync();
        first.Rooms["other"].Send(new Note("begins the heartbeats"));
        await Beat(() => second.Engine.Beats > 4);

        second.Engine.Drops = 1;
        first.Room.Send(new Note("lost"));

        await Beat(() => client.Losses.Count == 1);
        Assert.Equal(1, client.Losses[0].Lost.Count);
    }

    [Fact]
    public async Task Without_history_the_loss_of_the_last_message_of_a_server_that_has_ended_is_told()
    {
        var server = Server();
        var client = await server.JoinAsync();
        await Beat(() => server.Engine.Beats > 1);
        Claim(number: 1);
        Claim(number: 2, new PublishedClaim($"{typeof(Shout)}/room", Publisher: 42, Counter: 1)); // and then it crashes

        await Beat(() => client.Losses.Count == 1);

        Assert.Equal(1, client.Losses[0].Lost.Count);

        void Claim(ulong number, params PublishedClaim[] claims) =>
            _broker.Publish(new("krait/heartbeat", null), new BackplaneBeat(Server: 7, number, claims).Write());
    }

    [Fact]
    public async Task A_message_that_was_sent_before_this_server_had_the_room_is_not_told_as_lost()
    {
        var (first, second) = (Server(), Server());
        second.Rooms["other"].Send(new Note("begins the heartbeats"));
        await Beat(() => second.Engine.Beats > 4);
        first.Room.Send(new Note("before"));
        var client = await second.JoinAsync();
        var beats = second.Engine.Beats;

        await Beat(() => second.Engine.Beats > beats + 8);

        Assert.Empty(client.Losses);
    }

    [Fact]
    public async Task A_kept_message_that_cannot_be_encoded_does_not_keep_a_server_out_of_the_room()
    {
        var encoder = new ShoutEncoder { Rejects = "placed bad" };
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true, contract: RoomClient.Contract(encoder)));
        foreach (var text in (string[])["placed 0", "placed bad", "placed 1"])
            first.Room.Send(new Placed(text));

        Assert.True(second.Rooms.WhenReady("room").IsCompletedSuccessfully);
        var client = await second.JoinAsync();
        first.Room.Send(new Placed("placed 2"));
        await client.HasSentTexts("placed 2");
        Assert.Empty(client.Losses);
    }

    [Fact]
    public async Task A_message_that_cannot_be_encoded_does_not_delay_those_that_are_read_with_it()
    {
        var encoder = new ShoutEncoder { Rejects = "placed bad" };
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true, contract: RoomClient.Contract(encoder)));
        var client = await second.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        second.Engine.Drops = 3;
        foreach (var text in (string[])["placed 1", "placed bad", "placed 2"])
            first.Room.Send(new Placed(text));

        second.Engine.CatchUp();

        await Patience.Until(() => HandleAll(client) && client.Sent.Count == 3);
        await client.HasSentTexts("placed 0", "placed 1", "placed 2");
        Assert.Equal(1, Assert.Single(client.Losses).Lost.Count);
    }

    [Fact]
    public async Task Members_do_not_get_old_messages_twice_when_the_history_is_read_again()
    {
        var age = TimeSpan.FromHours(10);
        var (first, second) = (Server(history: new(100, age)), Server(history: new(100, age)));
        var client = await second.JoinAsync();
        for (var i = 0; i < 66; i++)
            Publish($"placed {i}", publisher: (ulong)i);

        _time.Advance(TimeSpan.FromHours(2));
        Publish("placed a", publisher: 100); // now there are many publishers, and most of them are silent
        _broker.LoseTail(1);
        Publish("placed b", publisher: 101);

        await Patience.Until(
            () => HandleAll(client) && client.Sent.Any(static text => text.StartsWith("placed b", StringComparison.Ordinal)));
        Assert.Equal(68, client.Sent.Count);

        void Publish(string text, ulong publisher)
        {
            var envelope = RoomEnvelope.Write(first.Contract.CodecId, default, null, Encoding.UTF8.GetBytes(text));
            RoomEnvelope.Number(envelope, publisher, 1);
            _broker.Publish(new($"{typeof(Shout)}/room", new(100, age)), envelope);
        }
    }

    [Fact]
    public async Task A_message_for_this_server_only_that_overtakes_others_leaves_no_silent_gap()
    {
        var server = Server(whenUnavailable: RoomUnavailability.LocalOnly);
        var client = await server.JoinAsync();
        var feed = server.Hub.Find($"{typeof(Shout)}/room")!;
        feed.Deliver(new(Envelope("1", 1), null, null));
        feed.DeliverHere(Envelope("3", 3)); // its sending failed while the second was still on its way
        feed.Deliver(new(Envelope("2", 2), null, null));

        await Patience.Until(() => HandleAll(client) && client.Sent.Count == 2);
        Assert.Equal(1, Assert.Single(client.Losses).Lost.Count);

        byte[] Envelope(string text, ulong counter)
        {
            var envelope = RoomEnvelope.Write(server.Contract.CodecId, default, null, Encoding.UTF8.GetBytes(text));
            RoomEnvelope.Number(envelope, 1, counter);
            return envelope;
        }
    }

    [Fact]
    public async Task A_client_that_missed_a_message_that_was_not_kept_is_not_recovered_by_a_server_that_only_read_the_rest()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await first.JoinAsync();
        first.Room.Send(new Placed("placed 0"));
        await client.HasSentTexts("placed 0");
        first.Engine.IsCutOff = true;
        first.Room.Send(new Placed("lost"));
        first.Engine.IsCutOff = false;
        first.Room.Send(new Placed("placed 2"));

        var resumption = new Resumption { From = client.Sent[0].Split('@')[1] };
        await second.JoinAsync(resumption);

        Assert.False(resumption.Recovered);
    }

    [Fact]
    public async Task A_hub_that_is_disposed_begins_nothing_any_more()
    {
        var server = Server();
        await server.Hub.DisposeAsync();

        await server.JoinAsync();
        server.Room.Send(new Note("too late"));
        _time.Advance(BackplanePulse.Interval);

        Assert.Equal(0, _broker.Subscriptions);
    }

    [Fact]
    public async Task A_server_that_hears_nothing_gets_a_new_connection_and_catches_up()
    {
        var (first, second) = (Server(hasHistory: true), Server(hasHistory: true));
        var client = await second.JoinAsync();
        await Beat(() => second.Engine.Beats > 1);
        second.Engine.IsDeaf = true;
        first.Room.Send(new Note("a"));

        await Beat(() => client.Sent.Count == 1);

        Assert.Equal(1, second.Engine.Reconnects);
        await client.HasSent("a");
    }

    [Fact]
    public async Task A_server_stays_subscribed_for_a_while_after_the_last_member_has_left()
    {
        var server = Server();
        for (var i = 0; i < 3; i++)
        {
            (await server.JoinAsync()).Leave();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.True(server.Engine.Subscribed("room"));
        _time.Advance(TimeSpan.FromSeconds(60));

        await Patience.Until(() => !server.Engine.Subscribed("room"));
        Assert.Empty(server.Rooms.Active);
    }

    [Fact]
    public async Task A_room_that_is_used_again_is_subscribed_to_when_the_subscription_before_has_ended()
    {
        var server = Server();
        (await server.JoinAsync()).Leave();
        var unsubscribing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Engine.Unsubscribing = unsubscribing.Task;
        _time.Advance(TimeSpan.FromSeconds(60));

        var joining = server.JoinAsync();
        Assert.False(joining.IsCompleted);
        unsubscribing.SetResult();
        var client = await joining;
        server.Room.Send(new Note("a"));

        await client.HasSent("a");
    }

    [Fact]
    public async Task A_message_of_another_version_is_counted_and_told_as_lost_and_that_of_another_program_is_only_counted()
    {
        var server = Server();
        var client = await server.JoinAsync();
        var channel = new RoomChannel($"{typeof(Shout)}/room", null);

        _broker.Publish(channel, "{}"u8.ToArray());
        _broker.Publish(channel, new byte[] { (byte)'K', 200, 0 });
        server.Room.Send(new Note("a"));

        await Patience.Until(() => HandleAll(client) && client.Sent.SequenceEqual(["a"]));
        Assert.Equal((2L, 1), (server.Hub.Unknown, client.Losses.Count));
    }

    [Fact]
    public async Task Losses_that_a_member_is_not_told_yet_are_told_together()
    {
        var server = Server();
        var client = (await server.JoinAsync()).Stall();
        for (var i = 0; i < 100; i++)
            _broker.Publish(new($"{typeof(Shout)}/room", null), new byte[] { (byte)'K', 200, 0 });

        client.TakeAll();

        Assert.Equal(100, Assert.Single(client.Losses).Lost.Count);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_at_the_sender()
    {
        var server = Server(maxMessageSize: 10);

        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => server.Room.SendAsync(new Note("12345678901"), cancellationToken: TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("RoomOptions.MaxMessageSize is 10", error.Message, StringComparison.Ordinal);
    }

    private static bool HandleAll(RoomClient client)
    {
        foreach (var (_, handled) in client.Losses.ToArray())
            handled();

        return true;
    }

    /// <summary>Lets heartbeats pass until something holds.</summary>
    private Task Beat(Func<bool> condition) => Patience.Until(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });

    private Server Server(
        bool hasHistory = false,
        int bufferSize = 1000,
        int maxMessageSize = 1000,
        RoomUnavailability whenUnavailable = RoomUnavailability.Fail,
        RoomHistory? history = null,
        RoomContract<Shout>? contract = null)
    {
        var server = new Server(
            _broker.Connect(),
            new()
            {
                History = hasHistory ? new(10, TimeSpan.FromMinutes(10)) : history,
                MemberBufferSize = bufferSize,
                MaxMessageSize = maxMessageSize,
                WhenUnavailable = whenUnavailable,
            },
            _time,
            contract);
        _servers.Add(server);
        return server;
    }
}
