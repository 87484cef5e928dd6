using System.Runtime.CompilerServices;
using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>A connection that joins rooms, and whose client the test is.</summary>
internal sealed class RoomClient : IEndingConnection, ILostHandler
{
    private readonly ScriptedTransport _transport = new();
    private readonly ConnectionLifetime _lifetime = new(NullLogger.Instance);
    private readonly List<(LostMessages Lost, Action Handled)> _losses = [];
    private readonly HashSet<LostGap> _unhandled = [];

    public RoomClient(IMessageEncoder<Shout>? encoder = null, bool isOpening = false, string? protocol = null, TimeProvider? clock = null, int sendBufferSize = 1000)
    {
        var sends = new SendBuffer<Shout>(_transport, encoder ?? new ShoutEncoder(), sendBufferSize, new(null, Shout.WhenSlow));
        Connection = new(new(new DefaultHttpContext()), protocol, _transport, _lifetime, clock ?? Time, sends);
        _transport.OutputObserver = Connection;
        _lifetime.TellFirst(this);
        if (!isOpening)
            Open();
    }

    public FakeTimeProvider Time { get; } = new();

    public WebSocketConnection<Shout> Connection { get; }

    /// <summary>What [OnLost] was called with; it answers when the test says so.</summary>
    public IReadOnlyList<(LostMessages Lost, Action Handled)> Losses
    {
        get
        {
            lock (_losses)
                return [.. _losses];
        }
    }

    public IReadOnlyList<string> Sent => _transport.Sent;

    public CloseInfo? Ending => _lifetime.Ending.IsCompleted ? _lifetime.Ending.Result : null;

    /// <summary>Rooms whose members may wait for little.</summary>
    public static RoomDirectory<Shout> Rooms(int capacity = 64, int bufferSize = 1) =>
        new(new Options(new() { MemberCapacity = capacity, MemberBufferSize = bufferSize }));

    /// <summary>Rooms as an application has them, with a history or with other servers.</summary>
    public static RoomDirectory<Shout> Rooms(RoomOptions options, RoomContract<Shout> contract, TimeProvider time, BackplaneHub? hub = null)
    {
        var rooms = new RoomDirectory<Shout>(new Options(options), time, hub);
        rooms.Accept(contract);
        return rooms;
    }

    /// <summary>How rooms encode messages of the tests.</summary>
    public static RoomContract<Shout> Contract(ShoutEncoder? encoder = null) =>
        new(encoder ?? new ShoutEncoder(), null, new(null, Shout.WhenSlow))
        {
            Decoder = new ShoutDecoder(),
            WithPosition = static (message, position) => message is Placed placed ? new Placed(placed.Text, position) : message,
        };

    public void Open()
    {
        _lifetime.Open();
        Connection.AdvanceRooms();
    }

    public RoomClient TakesLosses()
    {
        Connection.LostHandler = this;
        return this;
    }

    /// <summary>Makes the client stop reading: one message is under way, and rooms find the connection busy.</summary>
    public RoomClient Stall()
    {
        Settle();
        _transport.Taking = false;
        Assert.True(Connection.TrySend(new Note("stalled")));
        Settle();
        return this;
    }

    /// <summary>Lets one message leave, if there is one.</summary>
    public void TakeOne()
    {
        Settle();
        if (Connection.BufferedBytes > 0)
            _transport.Take();

        Settle();
    }

    /// <summary>Lets everything leave.</summary>
    public void TakeAll()
    {
        Settle();
        _transport.TakeAll();
        Settle();
    }

    /// <summary>Waits until exactly these have been sent, whatever their positions.</summary>
    public Task HasSentTexts(params string[] texts) =>
        Patience.Until(() => Sent.Select(static message => message.Split('@')[0]).SequenceEqual(texts));

    /// <summary>Takes the client out of all rooms.</summary>
    public void Leave() => Connection.LeaveRooms();

    public Task HasSent(params string[] messages) => Patience.Until(() => Sent.SequenceEqual(messages));

    /// <summary>Waits for the end of the connection. A thread of the pool may cause it, after the send that fills the backlog.</summary>
    public async Task<CloseInfo> EndedAsync()
    {
        await Patience.Until(() => Ending is not null);
        return Ending!;
    }

    /// <summary>The host begins to stop.</summary>
    public void StopHost() =>
        _lifetime.TryEnd(new(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, null, CloseCause.HostStopping));

    void IEndingConnection.BeginEnding(CloseInfo why, EndPlan plan)
    {
        if (plan.Sends != LateSends.Keep)
            Connection.LeaveRooms();
    }

    void ILostHandler.HandleLost(LostGap gap)
    {
        lock (_losses)
        {
            _losses.Add((gap.Lost, () => Handled(gap)));
            _unhandled.Add(gap);
        }
    }

    /// <summary>
    /// Waits until no thread of the pool walks over the members of the client's rooms. Otherwise such a thread could be sending for
    /// this client, and would go on with it while the test looks.
    /// </summary>
    public void WaitForRooms()
    {
        for (var member = First(Connection.Rooms); member is not null; member = member.Next)
        {
            var spin = default(SpinWait);
            while (Volatile.Read(ref IsDraining(member.Members)))
                spin.SpinOnce();
        }
    }

    /// <summary>
    /// Waits until everything has left that the client takes, and [OnLost] has been called. Threads of the pool also do this. So a
    /// test that looked earlier could miss something.
    /// </summary>
    private void Settle()
    {
        WaitForRooms();
        Assert.True(SpinWait.SpinUntil(IsSettled, Patience.Long));
    }

    private bool IsSettled()
    {
        var outlet = Connection.Rooms;
        lock (outlet.Lock)
        {
            var isBlocked = outlet.Output.IsBlocked && !_transport.Taking;
            if (!isBlocked && (outlet.Output.IsSending || outlet.Output.BufferedBytes > 0))
                return false;

            var paused = 0;
            for (var member = First(outlet); member is not null; member = member.Next)
            {
                if (member.IsPaused)
                    paused++;
                else if (member.HasBacklog && !isBlocked && !outlet.IsHeld)
                    return false;
            }

            lock (_losses)
                return paused <= _unhandled.Count;
        }
    }

    private void Handled(LostGap gap)
    {
        lock (_losses)
            _unhandled.Remove(gap);

        gap.Close();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_first")]
    private static extern ref Member? First(RoomOutlet outlet);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_isDraining")]
    private static extern ref bool IsDraining(RoomMembers room);

    public sealed class Options(RoomOptions options) : IOptionsMonitor<RoomOptions>
    {
        public RoomOptions CurrentValue => options;

        public RoomOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<RoomOptions, string?> listener) => null;
    }
}
