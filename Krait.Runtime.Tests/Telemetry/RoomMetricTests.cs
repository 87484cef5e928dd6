using System.Diagnostics.Metrics;
using Krait.Rooms;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;
using Krait.Runtime.Tests.Rooms.Backplane;
using Krait.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>The metrics of rooms, and of the way to other servers.</summary>
public sealed class RoomMetricTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IMeterFactory _meters;
    private readonly KraitMeter _meter;

    public RoomMetricTests()
    {
        _meters = _services.GetRequiredService<IMeterFactory>();
        _meter = new(_meters);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Messages_that_a_slow_member_does_not_get_are_counted_by_policy()
    {
        using var lost = new MetricCollector<long>(_meters, KraitMeter.Name, "krait.server.messages.lost");
        using var rooms = Rooms(new() { MemberCapacity = 1, MemberBufferSize = 1 });
        var client = new RoomClient().Stall();
        var membership = rooms["room"].Join(client.Connection);
        foreach (var message in new Shout[] { new Note("a"), new Rooms.News("b"), new Rooms.News("c"), new Quote("A", 1), new Quote("A", 2) })
            rooms["room"].Send(message);

        client.WaitForRooms();

        Assert.Equal((1L, 1L), (membership.Lost, membership.Conflated));
        Assert.Equal(
            [("conflate", 1L), ("drop_newest", 1L)],
            lost.GetMeasurementSnapshot().GroupBy(static one => $"{one.Tags["krait.when_slow"]}").Select(static group => (group.Key, group.Sum(static one => one.Value))).Order());
    }

    [Fact]
    public void Clients_that_come_back_are_counted()
    {
        using var resumes = new MetricCollector<long>(_meters, KraitMeter.Name, "krait.resume");
        using var rooms = Rooms(new() { History = new(5, TimeSpan.FromMinutes(1)) });
        rooms.Join("room", new RoomClient().Connection, delivery: null, new Resumption { From = "nonsense" });
        rooms.Join("room", new RoomClient().Connection, delivery: null, new Resumption());

        Assert.Equal(false, Assert.Single(resumes.GetMeasurementSnapshot()).Tags["krait.recovered"]);
    }

    [Fact]
    public async Task Heartbeats_gaps_and_reconnects_are_measured()
    {
        using var lag = new MetricCollector<double>(_meters, KraitMeter.Name, "krait.backplane.lag");
        using var gaps = new MetricCollector<long>(_meters, KraitMeter.Name, "krait.backplane.gaps");
        using var reconnects = new MetricCollector<long>(_meters, KraitMeter.Name, "krait.backplane.reconnects");
        var engine = new MemoryBroker(_time).Connect();
        await using var hub = new BackplaneHub(engine, _time, meter: _meter);
        using var rooms = Rooms(new(), hub);
        await rooms.WhenReady("room");
        rooms["room"].Join(new RoomClient().Connection);
        await Move(() => lag.LastMeasurement is not null);

        engine.Drops = 1;
        rooms["room"].Send(new Note("lost"));
        await Move(() => gaps.LastMeasurement is not null);
        engine.CatchUp();

        Assert.InRange(lag.LastMeasurement!.Value, 0, 1);
        await Patience.Until(() => reconnects.GetMeasurementSnapshot().Count == 1);
    }

    [Fact]
    public async Task Messages_that_are_not_sent_and_those_that_cannot_be_read_are_counted_apart()
    {
        using var failed = new MetricCollector<long>(_meters, KraitMeter.Name, "krait.backplane.messages.failed");
        await using var hub = new BackplaneHub(new MemoryBroker(_time).Connect(), _time, meter: _meter);

        hub.Limits.CountFailed(new TimeoutException());
        hub.CountUnknown("rooms");
        hub.CountUnknown("rooms");

        Assert.Equal(
            [("krait.failure", "not_sent"), ("krait.failure", "unreadable"), ("krait.failure", "unreadable")],
            failed.GetMeasurementSnapshot().Select(static one => Assert.Single(one.Tags)).Select(static tag => (tag.Key, $"{tag.Value}")));
    }

    private async Task Move(Func<bool> condition) => await Patience.Until(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });

    private RoomDirectory<Shout> Rooms(RoomOptions options, BackplaneHub? hub = null)
    {
        var rooms = new RoomDirectory<Shout>(new RoomClient.Options(options), _time, hub, _meter);
        rooms.Accept(RoomClient.Contract());
        return rooms;
    }
}
