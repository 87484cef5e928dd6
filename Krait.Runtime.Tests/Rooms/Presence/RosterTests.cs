using CsCheck;
using Krait.Rooms;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>The members of a room on one server, and the connections that get the changes.</summary>
public sealed class RosterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PresenceDirectory<Person> _presence;
    private readonly PresenceRooms<Shout, Person> _rooms;

    public RosterTests()
    {
        _presence = Directory(_time);
        _rooms = new(RoomClient.Rooms(), _presence);
    }

    [Fact]
    public async Task Members_are_listed_as_long_as_they_are_in_the_room()
    {
        var ann = new Watcher(_rooms).Announce("Ann");
        var bob = new Watcher(_rooms).Announce("Bob");
        Assert.Equal(["Ann", "Bob"], await List());

        ann.Client.Leave();
        Assert.Equal(["Bob"], await List());

        bob.Client.Leave();
        Assert.Empty(await List());
    }

    [Fact]
    public async Task A_list_contains_what_the_reader_has_announced_itself()
    {
        var ann = await new Watcher(_rooms).Announce("Ann").ListAsync();

        Tell();

        Assert.Equal(["Ann"], ann.Names);
        Assert.Equal(0, ann.Changes);
    }

    [Fact]
    public async Task The_list_and_later_changes_fit_together()
    {
        var ann = await new Watcher(_rooms).Announce("Ann").ListAsync();
        new Watcher(_rooms).Announce("Bob");
        var eve = await new Watcher(_rooms).ListAsync(); // Bob is in the list, and must not be told again
        eve.Announce("Eve");

        Tell();

        Assert.Equal(["Ann", "Bob", "Eve"], ann.Names);
        Assert.Equal(["Ann", "Bob", "Eve"], eve.Names);
        Assert.Equal((1, 1), (ann.Changes, eve.Changes));
    }

    [Fact]
    public async Task A_connection_is_told_at_most_every_quarter_of_a_second()
    {
        var ann = await new Watcher(_rooms).ListAsync();
        new Watcher(_rooms).Announce("Bob");
        _time.Advance(TimeSpan.FromMilliseconds(100));
        new Watcher(_rooms).Announce("Eve");
        Assert.Equal(0, ann.Changes);

        _time.Advance(TimeSpan.FromMilliseconds(150));

        Assert.Equal(1, ann.Changes);
        Assert.Equal(["Bob", "Eve"], ann.Names);
    }

    [Fact]
    public async Task A_member_that_came_and_left_meanwhile_is_not_reported()
    {
        var ann = await new Watcher(_rooms).ListAsync();
        new Watcher(_rooms).Announce("Bob").Client.Leave();

        Tell();

        Assert.Equal(0, ann.Changes);
    }

    [Fact]
    public async Task A_connection_whose_handlers_are_busy_gets_all_changes_in_one()
    {
        var ann = await new Watcher(_rooms).ListAsync();
        ann.IsBusy = true;
        new Watcher(_rooms).Announce("Bob");
        Tell();
        var eve = new Watcher(_rooms).Announce("Eve");
        Tell();
        eve.Announce("Eva");
        Tell();

        ann.Resume();

        Assert.Equal(["Bob", "Eva"], ann.Names);
        Assert.Equal(1, ann.Changes);
    }

    [Fact]
    public async Task A_list_that_is_asked_for_meanwhile_makes_a_waiting_call_needless()
    {
        var ann = await new Watcher(_rooms).ListAsync();
        ann.IsBusy = true;
        new Watcher(_rooms).Announce("Bob");
        Tell();

        await ann.ListAsync();
        ann.Resume();

        Assert.Equal(["Bob"], ann.Names);
        Assert.Equal(0, ann.Changes);
    }

    [Fact]
    public async Task A_connection_whose_handlers_never_return_is_closed_when_much_waits_for_it()
    {
        var stuck = await new Watcher(_rooms).ListAsync();
        stuck.IsBusy = true;
        var healthy = await new Watcher(_rooms).ListAsync();
        var busy = new Watcher(_rooms);
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 1000; j++)
                busy.Announce($"{i}.{j}");

            Tell();
        }

        Assert.Null(stuck.Client.Ending);
        _time.Advance(TimeSpan.FromSeconds(31));
        busy.Announce("last");
        Tell();

        Assert.Equal(CloseCause.TooSlow, stuck.Client.Ending?.Cause);
        Assert.Null(healthy.Client.Ending);
        Assert.Equal(["last"], healthy.Names);
    }

    [Fact]
    public void A_connection_that_is_not_in_the_room_cannot_be_announced()
    {
        var stranger = new RoomClient();
        var e = Assert.Throws<InvalidOperationException>(() => _rooms["room"].Announce(stranger.Connection, new("Eve")));
        Assert.Contains("not in the room 'room'", e.Message, StringComparison.Ordinal);

        stranger.Leave();
        _rooms["room"].Announce(stranger.Connection, new("Eve")); // it has ended: nothing to say
    }

    [Fact]
    public async Task A_connection_that_joins_by_hand_is_a_member_and_leaves_with_its_membership()
    {
        var client = new RoomClient();
        using (_rooms["room"].Join(client.Connection))
        {
            _rooms["room"].Announce(client.Connection, new("Ann"));
            Assert.Equal(["Ann"], await List());
        }

        Assert.Empty(await List());
        Assert.Throws<InvalidOperationException>(() => _rooms["room"].Announce(client.Connection, new("Ann")));
    }

    [Fact]
    public void A_connection_that_has_left_its_rooms_leaves_nothing_behind_in_another()
    {
        var ann = new Watcher(_rooms).Announce("Ann");
        ann.Client.Leave();

        _rooms["other"].Join(ann.Client.Connection);

        Assert.Equal(0, _presence.Count);
    }

    [Fact]
    public async Task Rooms_are_apart()
    {
        new Watcher(_rooms, "one").Announce("Ann");
        var bob = await new Watcher(_rooms, "other").Announce("Bob").ListAsync();

        Tell();

        Assert.Equal(["Bob"], bob.Names);
    }

    [Fact]
    public void Any_mixture_of_coming_going_listing_and_being_busy_ends_with_the_true_list() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 4]).Array[1, 80].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var rooms = Make(time);
            var watchers = new Watcher?[5];
            foreach (var (action, who) in steps)
                watchers[who] = Play(rooms, time, action, watchers[who]);

            foreach (var watcher in watchers)
                watcher?.Resume();

            time.Advance(Roster<Person>.Interval);
            var expected = Names(rooms["room"].MembersAsync().Result);
            return watchers.All(watcher => watcher is null || watcher.Names.SequenceEqual(expected));
        });

    private static Watcher? Play(IRooms<Shout, Person> rooms, FakeTimeProvider time, int action, Watcher? watcher)
    {
        switch (action)
        {
            case 0:
                watcher?.Client.Leave();
                return null;
            case 1:
                return (watcher ?? Begin(rooms)).Announce("first");
            case 2:
                return (watcher ?? Begin(rooms)).Announce("second");
            case 3:
                time.Advance(Roster<Person>.Interval);
                break;
            case 4 when watcher is not null:
                watcher.IsBusy = true;
                break;
            case 5:
                watcher?.Resume();
                break;
            case 6:
                watcher?.ListAsync().Wait();
                break;
        }

        return watcher;
    }

    private static Watcher Begin(IRooms<Shout, Person> rooms) => new Watcher(rooms).ListAsync().Result;

    private static PresenceRooms<Shout, Person> Make(TimeProvider time) => new(RoomClient.Rooms(), Directory(time));

    private static PresenceDirectory<Person> Directory(TimeProvider time)
    {
        var hub = new BackplaneHub(null, time);
        return new(hub, new(hub));
    }

    private static string[] Names(IEnumerable<Person> people) => [.. people.Select(static person => person.Name).Order(StringComparer.Ordinal)];

    private void Tell() => _time.Advance(Roster<Person>.Interval);

    private async Task<string[]> List() => Names(await _rooms["room"].MembersAsync());
}
