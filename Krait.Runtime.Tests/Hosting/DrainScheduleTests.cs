using Krait.Connections;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>A drain is a line, not stairs.</summary>
public sealed class DrainScheduleTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Bucket = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new();
    private readonly List<IStoppableConnection> _drained = [];

    [Fact]
    public void Closes_per_100_ms_are_within_30_percent_of_their_mean()
    {
        using var schedule = Begin(1000);

        var counts = Run();

        Assert.Equal(1000, _drained.Distinct().Count());
        Assert.All(counts, count => Assert.InRange(count, 14, 26));
    }

    [Fact]
    public void The_order_is_not_that_in_which_the_clients_came()
    {
        var connections = Connections(1000);
        using var schedule = Begin([.. connections]);

        Run();

        Assert.NotEqual(connections, _drained);
    }

    [Fact]
    public void A_few_connections_are_spread_over_the_whole_period()
    {
        using var schedule = Begin(5);

        // at 0, 1, 2, 3 and 4 s, where a step ends
        Assert.Equal([0, 9, 19, 29, 39], Run().Index().Where(static bucket => bucket.Item == 1).Select(static bucket => bucket.Index));
    }

    [Fact]
    public void The_rest_is_drained_at_once_when_the_schedule_is_finished()
    {
        using var schedule = Begin(100);
        _time.Advance(Bucket);

        schedule.Finish();
        _time.Advance(Period);

        Assert.Equal(100, _drained.Distinct().Count());
        Assert.Equal(100, _drained.Count);
    }

    [Fact]
    public void Nothing_is_drained_after_the_schedule_is_disposed()
    {
        Begin(100).Dispose();

        _time.Advance(Period);

        Assert.Single(_drained);
    }

    [Fact]
    public void A_server_without_connections_has_nothing_to_drain()
    {
        using var schedule = Begin(0);

        _time.Advance(Period);

        Assert.Empty(_drained);
    }

    private static IStoppableConnection[] Connections(int count) =>
        [.. Enumerable.Range(0, count).Select(static _ => new StoppableConnection())];

    private DrainSchedule Begin(int count) => Begin(Connections(count));

    private DrainSchedule Begin(IStoppableConnection[] connections) => new(connections, _drained.Add, Period, _time);

    /// <summary>Lets the period pass in steps of a timer's accuracy, and counts what is drained in each 100 ms.</summary>
    private List<int> Run()
    {
        var counts = new List<int>();
        var before = 0;
        for (var passed = TimeSpan.Zero; passed < Period; passed += Bucket)
        {
            for (var step = 0; step < 100; step++)
                _time.Advance(TimeSpan.FromMilliseconds(1));

            counts.Add(_drained.Count - before);
            before = _drained.Count;
        }

        return counts;
    }
}
