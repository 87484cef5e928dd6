using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>How the rooms of a connection and its life go together.</summary>
public sealed class SessionRoomTests
{
    private readonly RoomDirectory<string> _rooms = new(new SmallRooms());

    [Fact]
    public async Task Messages_that_wait_when_the_handlers_have_returned_for_a_host_that_stops_count_as_lost()
    {
        var probe = new SessionProbe { OnMessage = (_, _) => default }.Start();
        var membership = Stall(probe, messages: 3);

        probe.StopHost();
        await Patience.Until(() => probe.Connection.BufferedBytes > Buffered);
        _rooms["room"].Send("late");
        probe.Transport.TakeAll();
        probe.ClientCloses();
        await probe.Ended();

        Assert.Equal(["stalled", "0", "close 1001 The server is stopping."], probe.Sent);
        Assert.Equal((2L, 0), (membership.Lost, _rooms["room"].LocalCount));
    }

    [Fact]
    public async Task OnLost_is_not_called_any_more_when_the_handlers_have_returned_for_a_host_that_stops()
    {
        var calls = 0;
        var probe = new SessionProbe { OnLost = (_, _) => Called(ref calls), WhenSlow = SlowReaderPolicy.DropNewest }.Start();
        Stall(probe, messages: 3);

        probe.StopHost();
        await Patience.Until(() => probe.Connection.BufferedBytes > Buffered);
        probe.Transport.TakeAll();
        probe.ClientCloses();
        await probe.Ended();

        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task OnLost_that_waits_for_its_turn_is_dropped_when_the_connection_leaves_the_room()
    {
        var (calls, handled) = (0, 0);
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var probe = new SessionProbe
        {
            OnMessage = async (_, _) =>
            {
                begun.TrySetResult();
                await gate.Task;
                Interlocked.Increment(ref handled);
            },
            OnLost = (_, _) => Called(ref calls),
            WhenSlow = SlowReaderPolicy.DropNewest,
        }.Start();
        probe.Transport.Receive("holds the turn");
        await begun.Task.InTime();
        var membership = Stall(probe, messages: 3);
        probe.Transport.TakeAll();
        Assert.Equal(["stalled", "0", "1"], probe.Sent);

        membership.Dispose();
        probe.Transport.Receive("behind [OnLost]");
        gate.SetResult();
        await Patience.Until(() => Volatile.Read(ref handled) == 2);

        Assert.Equal(0, calls);
        probe.ClientCloses();
        await probe.Ended();
    }

    private const int Buffered = 9 + 3; // "stalled" and "0", with their headers

    private static ValueTask Called(ref int calls)
    {
        calls++;
        return default;
    }

    /// <summary>Lets the client join and stop reading; of the messages one is in line, and the others wait.</summary>
    private RoomMembership Stall(SessionProbe probe, int messages)
    {
        var membership = _rooms["room"].Join(probe.Connection);
        probe.Transport.Taking = false;
        Assert.True(probe.Connection.TrySend("stalled"));
        for (var i = 0; i < messages; i++)
            _rooms["room"].Send($"{i}");

        return membership;
    }

    private sealed class SmallRooms : Microsoft.Extensions.Options.IOptionsMonitor<RoomOptions>
    {
        public RoomOptions CurrentValue { get; } = new() { MemberCapacity = 1, MemberBufferSize = 1 };

        public RoomOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<RoomOptions, string?> listener) => null;
    }
}
