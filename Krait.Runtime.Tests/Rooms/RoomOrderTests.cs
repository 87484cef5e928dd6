using System.Runtime.CompilerServices;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Messages of rooms, of several rooms and sent directly arrive in the order in which one thread sends them.</summary>
public sealed class RoomOrderTests
{
    private const int Rounds = 300; // the thread pool takes messages out of a room's log at any moment

    private readonly Krait.Rooms.RoomDirectory<Shout> _rooms = RoomClient.Rooms(capacity: 10_000, bufferSize: 1_000_000);

    [Fact]
    public async Task A_direct_send_comes_after_what_was_sent_to_the_room_before()
    {
        var client = new RoomClient(sendBufferSize: 1_000_000);
        _rooms["room"].Join(client.Connection);
        for (var i = 0; i < Rounds; i++)
        {
            _rooms["room"].Send(new Note($"room {i}"));
            await SendDirectlyAsync(client.Connection, i);
        }

        await client.HasSent([.. Enumerable.Range(0, Rounds).SelectMany(static i => new[] { $"room {i}", $"direct {i}" })]);
    }

    [Fact]
    public async Task Messages_of_several_rooms_arrive_as_they_were_sent()
    {
        var client = new RoomClient(sendBufferSize: 1_000_000);
        for (var i = 0; i < 3; i++)
            _rooms[$"{i}"].Join(client.Connection);

        for (var i = 0; i < Rounds; i++)
            _rooms[$"{i * 7 % 3}"].Send(new Note($"{i}"));

        await client.HasSent([.. Enumerable.Range(0, Rounds).Select(static i => $"{i}")]);
    }

    [Fact]
    public async Task A_member_that_is_left_out_of_some_messages_of_a_burst_gets_the_others()
    {
        var (first, second) = (new RoomClient(sendBufferSize: 1_000_000), new RoomClient(sendBufferSize: 1_000_000));
        _rooms["room"].Join(first.Connection);
        _rooms["room"].Join(second.Connection);

        for (var i = 0; i < Rounds; i++)
            _rooms["room"].Send(new Note($"{i}"), except: i % 10 == 9 ? first.Connection : null);

        await second.HasSent([.. Enumerable.Range(0, Rounds).Select(static i => $"{i}")]);
        await first.HasSent([.. Enumerable.Range(0, Rounds).Where(static i => i % 10 != 9).Select(static i => $"{i}")]);
    }

    [Fact]
    public async Task Messages_that_were_sent_before_a_member_leaves_or_closes_reach_it()
    {
        for (var i = 0; i < Rounds; i++)
        {
            var (leaver, closer) = (new RoomClient(), new RoomClient());
            var membership = _rooms["room"].Join(leaver.Connection);
            _rooms["room"].Join(closer.Connection);

            _rooms["room"].Send(new Note("last"));
            membership.Dispose();
            closer.Connection.Close();

            await leaver.HasSent("last");
            await closer.HasSent("last");
        }
    }

    [Fact]
    public async Task A_long_burst_does_not_overrun_members_that_read()
    {
        var rooms = RoomClient.Rooms(capacity: 64, bufferSize: 16 * 1024);
        var clients = Enumerable.Range(0, 50).Select(static _ => new RoomClient(sendBufferSize: 16 * 1024)).ToArray();
        var memberships = clients.Select(client => rooms["room"].Join(client.Connection)).ToArray();
        var texts = Enumerable.Range(0, 2_000).Select(static i => $"{i:D100}").ToArray();

        foreach (var text in texts)
            rooms["room"].Send(new News(text));

        Assert.All(memberships, static membership => Assert.Equal(0, membership.Lost));
        foreach (var client in clients)
            await client.HasSent(texts);
    }

    [Fact]
    public async Task Every_member_of_a_large_room_gets_everything_while_others_come_and_go()
    {
        var clients = Enumerable.Range(0, 600).Select(static _ => new RoomClient(sendBufferSize: 1_000_000)).ToArray();
        var guests = Enumerable.Range(0, 100).Select(static _ => new RoomClient(sendBufferSize: 1_000_000)).ToArray();
        for (var i = 0; i < clients.Length; i++)
        {
            _rooms["room"].Join(clients[i].Connection);
            _rooms["room"].Join(guests[i % guests.Length].Connection);
        }

        var churn = Task.Run(() =>
        {
            for (var i = 0; i < 10 * Rounds; i++)
                _rooms["room"].Join(guests[i * 31 % guests.Length].Connection).Dispose(); // also those that are in already
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < Rounds; i++)
            _rooms["room"].Send(new Note($"{i}"));

        await churn;
        foreach (var client in clients)
            await client.HasSent([.. Enumerable.Range(0, Rounds).Select(static i => $"{i}")]);
    }

    [Fact]
    public async Task A_member_that_is_closed_loses_nothing_uncounted()
    {
        var rooms = RoomClient.Rooms(capacity: 1, bufferSize: 1_000_000);
        var client = new RoomClient(isOpening: true, sendBufferSize: 50); // all waits, and not more than 200 bytes
        var membership = rooms["room"].Join(client.Connection);

        lock (client.Connection.Rooms.Lock) // the member takes nothing before all are sent: it would leave, and not lose the rest
        {
            for (var i = 0; i < 30; i++)
                rooms["room"].Send(new Note($"{i:D20}"));
        }

        var ending = await client.EndedAsync();
        Assert.Equal((30, CloseCause.TooSlow, 0), (membership.Lost, ending.Cause, rooms["room"].LocalCount));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Policies_hold_however_many_messages_a_member_takes_at_once(bool dropsOldest)
    {
        var rooms = RoomClient.Rooms(capacity: 2, bufferSize: 100);
        var client = new RoomClient();
        var membership = rooms["room"].Join(client.Connection);
        client.Stall();

        for (var i = 10; i < 50; i++)
            rooms["room"].Send(dropsOldest ? new Tick($"message {i}") : new News($"message {i}"));

        Assert.Equal((2, 29L), (client.Connection.WaitingMessages, membership.Lost)); // 9 x 12 bytes are in line
        client.TakeAll();
        var last = dropsOldest ? new[] { "message 48", "message 49" } : ["message 19", "message 20"];
        Assert.Equal(["stalled", .. Enumerable.Range(10, 9).Select(static i => $"message {i}"), .. last], client.Sent);
    }

    [Fact]
    public async Task Nothing_keeps_messages_that_all_members_have()
    {
        var (stays, left) = (new RoomClient(), new RoomClient());
        _rooms["room"].Join(stays.Connection);
        var kept = _rooms["room"].Join(left.Connection); // as an application might keep it
        kept.Dispose();
        _rooms["room"].Send(new Note("grows old in the log"));
        GC.Collect();
        GC.Collect();

        var messages = SendMany(_rooms["room"]);
        await Patience.Until(() => stays.Sent.Count == messages.Count + 1);
        await Patience.Until(() =>
        {
            GC.Collect(1); // not the old one: it must not keep those that followed it
            return !messages.Exists(static message => message.IsAlive);
        });
        GC.KeepAlive(kept);
    }

    private static async Task SendDirectlyAsync(WebSocketConnection<Shout> connection, int i)
    {
        var message = new Note($"direct {i}");
        if (i % 2 == 0)
            await connection.SendAsync(message, TestContext.Current.CancellationToken);
        else
            Assert.True(connection.TrySend(message));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> SendMany(IRoom<Shout> room) => [.. Enumerable.Range(0, 100).Select(i =>
    {
        var message = new Note($"{i}");
        room.Send(message);
        return new WeakReference(message);
    })];
}
