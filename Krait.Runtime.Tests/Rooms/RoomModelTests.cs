using System.Collections.Concurrent;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Sixteen threads join, leave, send and stall at random: every member still gets exactly what it should, in the one order of the room.</summary>
public sealed class RoomModelTests
{
    private const int Threads = 16;
    private const int Rounds = 400;

    private readonly Krait.Rooms.RoomDirectory<Shout> _rooms = RoomClient.Rooms(capacity: 1_000_000, bufferSize: 100);
    private readonly ConcurrentQueue<Stay> _stays = new();
    private long _clock; // grows with everything that happens, so that "before" and "after" can be told

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Members_get_what_is_sent_while_they_are_in_and_nothing_else(int seed)
    {
        var sends = new ConcurrentQueue<Sending>();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Play(new Random((seed * 100) + thread), thread, sends), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Empty(_rooms.Active);
        foreach (var stay in _stays)
        {
            await Patience.Until(() => stay.Client.Connection is { BufferedBytes: 0, WaitingMessages: 0 });
            var got = stay.Got;
            Assert.Equal(got.Count, got.Distinct().Count());
            stay.Check(sends, [.. got]);

            CheckOrderOfSenders(got);
        }

        CheckOneOrder([.. _stays.Select(static stay => stay.Got)]);
    }

    [Fact]
    public async Task A_hundred_thousand_joins_and_leaves_leave_nothing_behind()
    {
        const int joins = 100_000 / Threads;
        var clients = Enumerable.Range(0, Threads).Select(static _ => new RoomClient()).ToArray();
        await Task.WhenAll(clients.Select((client, thread) => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < joins; i++)
                {
                    var membership = _rooms[$"{(i + thread) % 3}"].Join(client.Connection);
                    if (i % 8 == 0)
                        _rooms[$"{i % 3}"].Send(new Tick("hello"));

                    membership.Dispose();
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Empty(_rooms.Active);
        foreach (var client in clients)
            await Patience.Until(() => client.Connection is { BufferedBytes: 0, WaitingMessages: 0 });

        var late = new RoomClient();
        using (_rooms["0"].Join(late.Connection))
            _rooms["0"].Send(new Note("last"));

        await late.HasSent("last");
        Assert.All(clients, static client => Assert.DoesNotContain("last", client.Sent));
    }

    [Fact]
    public void The_memory_of_a_send_does_not_grow_with_the_members()
    {
        const int wakingThePool = 64; // where no other thread lets the members take the message yet
        Assert.InRange(AllocatedBySend(members: 500), 0, AllocatedBySend(members: 2) + wakingThePool);
    }

    /// <summary>To members that do not read: what they get waits as references.</summary>
    private static long AllocatedBySend(int members)
    {
        var rooms = RoomClient.Rooms(capacity: 4);
        var encoder = new ShoutEncoder();
        for (var i = 0; i < members; i++)
            rooms["room"].Join(new RoomClient(encoder, clock: TimeProvider.System).Stall().Connection);

        var least = long.MaxValue;
        for (var i = 0; i < 200; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            rooms["room"].Send(new Tick("hello"));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private void Play(Random random, int thread, ConcurrentQueue<Sending> sends)
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (random.Next(4) == 0)
                Visit(random);

            var text = $"{thread}:{round}";
            var began = Interlocked.Increment(ref _clock);
            _rooms["room"].Send(new Note(text));
            sends.Enqueue(new(text, began, Interlocked.Increment(ref _clock)));
        }
    }

    /// <summary>Somebody comes in, reads or stalls, and leaves in one of the ways.</summary>
    private void Visit(Random random)
    {
        // A thread that stalls its client may itself get no turn for long. With a small send buffer the room would close the client.
        var client = new RoomClient(sendBufferSize: 1_000_000);
        var stalls = random.Next(3) == 0;
        var joining = Interlocked.Increment(ref _clock);
        var membership = _rooms["room"].Join(client.Connection);
        var joined = Interlocked.Increment(ref _clock);
        for (var i = random.Next(20); i > 0; i--)
            _rooms["other"].Send(new Note("nobody is there"));

        if (stalls)
            client.Stall();

        Thread.SpinWait(random.Next(20_000));
        if (stalls)
            client.TakeAll();

        var leaving = Interlocked.Increment(ref _clock);
        if (random.Next(2) == 0)
            membership.Dispose();
        else
            client.Connection.CloseTooSlow();

        _stays.Enqueue(new(client, membership, joining, joined, leaving, Interlocked.Increment(ref _clock)));
    }

    private static void CheckOrderOfSenders(IReadOnlyList<string> got)
    {
        foreach (var ofOne in got.GroupBy(static text => text.Split(':')[0]))
        {
            var numbers = ofOne.Select(static text => int.Parse(text.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    /// <summary>Two members get the messages that both get in the same order, without others between: one order holds for all.</summary>
    private static void CheckOneOrder(IReadOnlyList<string>[] all)
    {
        var follows = new Dictionary<string, string>();
        foreach (var got in all)
        {
            for (var i = 1; i < got.Count; i++)
            {
                if (!follows.TryAdd(got[i - 1], got[i]))
                    Assert.Equal(follows[got[i - 1]], got[i]);
            }
        }
    }

    private sealed record Sending(string Text, long Began, long Ended);

    private sealed record Stay(RoomClient Client, RoomMembership Membership, long Joining, long Joined, long Leaving, long Left)
    {
        public IReadOnlyList<string> Got => [.. Client.Sent.Where(static text => text != "stalled")];

        public void Check(IEnumerable<Sending> sends, HashSet<string> got)
        {
            var missing = 0;
            foreach (var sending in sends)
            {
                if (sending.Ended < Joining || sending.Began > Left)
                    Assert.DoesNotContain(sending.Text, got);
                else if (sending.Began > Joined && sending.Ended < Leaving && !got.Contains(sending.Text))
                    missing++;
            }

            Assert.InRange(missing, 0, Membership.Lost); // what waits for one who leaves is dropped, and counted
        }
    }
}
