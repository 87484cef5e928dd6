using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms.Backplane;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>The members of rooms on several servers, for any engine.</summary>
public sealed class SharedRosterTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryBroker _broker;
    private readonly List<PresenceNode> _nodes = [];

    public SharedRosterTests() => _broker = new(_time);

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await _time.MoveUntil(Step, node.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task Members_on_all_servers_are_listed_and_told()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        var eve = await JoinAsync("Eve");

        await All(["Ann", "Bob", "Eve"], a, b, eve);
        b.Client.Leave();

        await All(["Ann", "Eve"], a, eve);
    }

    [Fact]
    public async Task A_list_is_complete_at_once_for_somebody_who_joins()
    {
        await JoinAsync("Ann");
        await Stored(1);
        var bob = await Node().JoinAsync();

        Assert.Equal(["Ann"], bob.Names);
    }

    [Fact]
    public async Task A_server_that_has_nobody_in_the_room_can_list_its_members()
    {
        await JoinAsync("Ann");
        await Stored(1);

        var members = await Node().Rooms["room"].MembersAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Ann"], members.Select(static person => person.Name));
        Assert.Empty(await Node().Rooms["other"].MembersAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_has_nobody_in_the_room_and_cannot_ask_says_so()
    {
        await JoinAsync("Ann");
        _broker.IsDown = true;

        await Assert.ThrowsAsync<RoomUnavailableException>(async () =>
            await Node().Rooms["room"].MembersAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_members_of_a_server_that_dies_are_gone_within_twenty_seconds()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);

        Cut(1);
        var died = _time.GetUtcNow();
        await All(["Ann"], a);

        Assert.InRange(_time.GetUtcNow() - died, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        Assert.Empty(_broker.Ask(presence => presence.List(Channel).Where(entry => entry.Server == _nodes[1].Server.Id)));
    }

    [Fact]
    public async Task The_members_of_a_dead_server_are_not_listed_to_somebody_who_comes_later()
    {
        await JoinAsync("Ann");
        await Stored(1);
        Cut(0);
        _time.Advance(TimeSpan.FromSeconds(16));

        var bob = await Node().JoinAsync();

        Assert.Empty(bob.Names);
        Assert.Empty(_broker.Ask(presence => presence.List(Channel)));
    }

    [Fact]
    public async Task A_server_that_was_cut_off_comes_back_with_its_members_under_a_new_id()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        var (before, changes) = (_nodes[1].Server.Id, a.Changes);
        Cut(1);
        await All(["Ann"], a);

        _nodes[1].Engine.IsCutOff = false;
        _nodes[1].Engine.CatchUp();

        await All(["Ann", "Bob"], a, b);
        await Stored(2);
        Assert.NotEqual(before, _nodes[1].Server.Id);
        Assert.Equal(2, a.Changes - changes); // Bob left and came back, once each
    }

    [Fact]
    public async Task Nobody_is_told_to_have_left_when_the_engine_has_lost_everything()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        var changes = (a.Changes, b.Changes);

        _broker.LoseAll();
        foreach (var node in _nodes)
            node.Engine.CatchUp();

        for (var i = 0; i < 160; i++) // 40 s
            await Pass();

        Assert.Equal(changes, (a.Changes, b.Changes));
        Assert.Equal(["Ann", "Bob"], a.Names);
        Assert.Equal(2, _broker.Ask(presence => presence.List(Channel).Count));
        Assert.Equal(["Ann", "Bob"], (await Node().JoinAsync()).Names);
    }

    [Fact]
    public async Task Without_the_engine_members_come_and_go_on_this_server_and_others_learn_it_afterwards()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        _broker.IsDown = true;

        var eve = await _nodes[0].JoinAsync();
        eve.Announce("Eve");
        await All(["Ann", "Bob", "Eve"], a, eve);
        b.Client.Leave();
        _broker.IsDown = false;

        await All(["Ann", "Eve"], a, eve);
    }

    [Fact]
    public async Task News_that_do_not_arrive_are_found_by_the_next_heartbeat()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        _nodes[0].Engine.Drops = 1;

        b.Announce("Bobby");

        await All(["Ann", "Bobby"], a);
    }

    [Fact]
    public async Task A_member_that_is_too_large_for_other_servers_is_refused()
    {
        var ann = await JoinAsync("Ann");

        Assert.Throws<ArgumentException>(() => ann.Announce(new string('x', 1_100_000)));

        await All(["Ann"], ann);
    }

    [Fact]
    public async Task A_server_that_stops_takes_its_members_with_it_at_once()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        b.Client.Leave(); // as connections do before the services are disposed

        await _nodes[1].DisposeAsync().AsTask().InTime();

        Assert.Single(_broker.Ask(presence => presence.List(Channel)));
    }

    [Fact]
    public async Task A_room_that_nobody_uses_is_given_up()
    {
        var a = await JoinAsync("Ann");
        a.Client.Leave();

        await Patience.Until(async () =>
        {
            await Pass();
            return !_nodes[0].Engine.Subscribed("room");
        });
        Assert.Empty(_broker.Ask(presence => presence.List(Channel)));
    }

    [Fact]
    public async Task Members_that_the_engine_got_back_after_they_left_are_removed_by_their_server()
    {
        var (a, b) = (await JoinAsync("Ann"), await JoinAsync("Bob"));
        await All(["Ann", "Bob"], a, b);
        var before = _broker.Ask(presence => presence.List(Channel));
        b.Client.Leave();
        await All(["Ann"], a);
        await Stored(1);

        _broker.Ask(presence => presence.Write(Channel, before)); // a failover has lost that Bob left
        foreach (var node in _nodes)
            node.Engine.CatchUp();

        await Stored(1);
        await All(["Ann"], a);
        Assert.Equal(["Ann"], (await Node().JoinAsync()).Names);
    }

    [Fact]
    public async Task A_list_of_an_engine_that_has_lost_everything_is_not_complete()
    {
        await JoinAsync("Ann");
        await Stored(1);

        _broker.LoseAll();
        var list = await _nodes[0].Server.ListAsync(new(Channel, null), TestContext.Current.CancellationToken);

        Assert.False(list.IsComplete);
    }

    [Fact]
    public async Task Many_large_members_reach_other_servers()
    {
        var node = Node();
        var first = await node.JoinAsync();
        _broker.IsDown = true; // so that they are written together
        string[] names = [.. Enumerable.Range(10, 20).Select(static number => number + new string('x', 1_000_000))];
        foreach (var name in names)
            new Watcher(node.Rooms, listens: false).Announce(name);

        _broker.IsDown = false;
        var other = await Node().JoinAsync();

        await All(names, first, other);
    }

    [Fact]
    public async Task A_server_that_has_stopped_asks_for_no_list_any_more()
    {
        await JoinAsync("Ann");
        await Stored(1);
        var (node, engine) = (_nodes[0], _nodes[0].Engine);
        _broker.IsDown = true;
        var before = engine.Lists;
        engine.CatchUp();
        await Patience.Until(() => engine.Lists > before);

        await _time.MoveUntil(Step, node.DisposeAsync().AsTask());
        await Patience.Until(async () =>
        {
            var lists = engine.Lists; // the last attempt may just be under way
            for (var i = 0; i < 40; i++) // 10 s
                await Pass();

            return engine.Lists == lists;
        });
    }

    private static string Channel => $"{typeof(Person)}@{RoomDirectory<Shout>.ChannelName("room")}";

    private Task Stored(int count) => Patience.Until(() => _broker.Ask(presence => presence.List(Channel).Count) == count);

    /// <summary>A server dies, or is cut off: it sends nothing and hears nothing.</summary>
    private void Cut(int node) => _nodes[node].Engine.IsCutOff = true;

    private async Task<Watcher> JoinAsync(string name) => (await Node().JoinAsync()).Announce(name);

    private PresenceNode Node()
    {
        var node = new PresenceNode(_broker.Connect(), _time);
        _nodes.Add(node);
        return node;
    }

    private async Task All(string[] names, params Watcher[] watchers) => await Patience.Until(async () =>
    {
        await Pass();
        return watchers.All(watcher => watcher.Names.SequenceEqual(names));
    });

    private async Task Pass()
    {
        _time.Advance(Step);
        await Task.Delay(1, TestContext.Current.CancellationToken); // lets other threads do what is due
    }
}
