using System.Collections.Concurrent;
using Krait.CompilerServices;
using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms.Presence;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>How [OnPresence] and the life of a connection go together.</summary>
public sealed class SessionPresenceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PresenceRooms<string, Person> _rooms;
    private readonly ConcurrentQueue<PresenceChange<Person>> _changes = new();

    public SessionPresenceTests()
    {
        var hub = new BackplaneHub(null, _time);
        _rooms = new(new RoomDirectory<string>(new Krait.Runtime.Tests.Rooms.RoomClient.Options(new())), new(hub, new(hub)));
    }

    [Fact]
    public async Task OnPresence_waits_until_OnOpen_has_returned()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var probe = Probe(async _ =>
        {
            begun.SetResult();
            await gate.Task;
        });
        await begun.Task.InTime();
        Announce("Ann");

        Assert.Empty(_changes);
        gate.SetResult();

        await Patience.Until(() => _changes.Count == 1);
        Assert.Equal(["Ann"], _changes.Single().Joined.Select(static person => person.Name));
        await EndAsync(probe);
    }

    [Fact]
    public async Task OnPresence_is_called_where_there_is_no_OnOpen()
    {
        var probe = Probe(onOpen: null);
        await Patience.Until(() => Room.LocalCount == 1);
        Announce("Ann");

        await Patience.Until(() => _changes.Count == 1);
        await EndAsync(probe);
    }

    [Fact]
    public async Task OnPresence_is_not_called_any_more_when_the_connection_has_left_the_room()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var probe = Probe(onOpen: null, onMessage: async (_, _) =>
        {
            begun.SetResult();
            await gate.Task;
        });
        probe.Transport.Receive("holds the turn");
        await begun.Task.InTime();
        Announce("Ann"); // the call waits for its turn

        probe.Connection.Close();
        Assert.Equal(1, Room.LocalCount); // only Ann
        gate.SetResult();
        probe.ClientCloses();
        await probe.Ended();

        Assert.Empty(_changes);
    }

    private IRoom<string, Person> Room => _rooms["room"];

    private SessionProbe Probe(
        Func<WebSocketConnection<string>, ValueTask>? onOpen, Func<string, WebSocketConnection<string>, ValueTask>? onMessage = null)
    {
        var probe = new SessionProbe
        {
            OnOpen = onOpen,
            OnMessage = onMessage ?? ((_, _) => default),
            OnPresence = (change, _) =>
            {
                _changes.Enqueue((PresenceChange<Person>)change);
                return default;
            },
            PresenceMembers = MemberContract.Json<Person>(PersonJson.Default),
            Rooms = [Room],
        };
        return probe.Start();
    }

    private static async Task EndAsync(SessionProbe probe)
    {
        probe.ClientCloses();
        await probe.Ended();
    }

    /// <summary>Somebody who is not in a room of this test's connection comes, and it is time to tell.</summary>
    private void Announce(string name)
    {
        var somebody = new SessionProbe { OnMessage = (_, _) => default }.Start();
        Room.Join(somebody.Connection);
        Room.Announce(somebody.Connection, new(name));
        _time.Advance(Roster<Person>.Interval);
    }
}
