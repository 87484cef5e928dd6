using Krait.Connections;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>One timer for the ends of many connections.</summary>
public sealed class ExpirationScheduleTests
{
    private readonly CountingClock _time = new();

    [Fact]
    public void Ten_thousand_connections_expire_each_within_a_second_of_its_time_with_one_timer()
    {
        using var schedule = new ExpirationSchedule(_time);
        var start = _time.GetUtcNow();
        var random = new Random(1);
        var late = new List<TimeSpan>();
        for (var i = 0; i < 10_000; i++)
        {
            var when = start + TimeSpan.FromSeconds(random.Next(1, 3 * 3600));
            schedule.Add(when, () => late.Add(_time.GetUtcNow() - when));
        }

        for (var i = 0; i < 3 * 3600; i++)
            _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(10_000, late.Count);
        Assert.All(late, static one => Assert.InRange(one, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal((1, 0), (_time.Timers, schedule.Count));
    }

    [Fact]
    public void A_connection_that_has_ended_is_not_told()
    {
        using var schedule = new ExpirationSchedule(_time);
        var calls = 0;
        schedule.Add(_time.GetUtcNow() + TimeSpan.FromSeconds(1), () => calls++).Dispose();

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, calls);
    }

    [Fact]
    public void Connections_that_end_early_do_not_stay()
    {
        using var schedule = new ExpirationSchedule(_time);
        for (var i = 0; i < 100_000; i++)
            schedule.Add(_time.GetUtcNow() + TimeSpan.FromDays(1), static () => { }).Dispose();

        Assert.InRange(schedule.Count, 0, 2_000);
    }

    [Fact]
    public void A_time_that_has_passed_already_calls_at_once()
    {
        using var schedule = new ExpirationSchedule(_time);
        var calls = 0;
        schedule.Add(_time.GetUtcNow() - TimeSpan.FromSeconds(1), () => calls++);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, calls);
    }
}
