using Market.Meters;

namespace Samples.Tests.Market.Meters;

public sealed class MeterTotalsTests
{
    private static readonly DateTime Start = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly MeterTotals totals = new(Start);

    [Fact]
    public void Open_connections_are_the_sum_of_all_changes()
    {
        foreach (var change in new[] { 1, 1, 1, -1 })
            totals.Record("krait.server.active_connections", change, []);

        Assert.Equal(2, Take(1).Connections);
        Assert.Equal(2, Take(2).Connections);
    }

    [Fact]
    public void Counters_become_rates_of_the_interval()
    {
        totals.Record("krait.server.messages", 6, [new("network.io.direction", "receive")]);
        totals.Record("krait.server.messages", 20, [new("network.io.direction", "transmit")]);
        totals.Record("krait.server.messages.lost", 8, []);
        totals.Record("krait.server.upgrades.refused", 2, [new("krait.refusal", "origin")]);

        var first = Take(2);
        Assert.Equal((3, 10, 4, 1), (first.Received, first.Sent, first.Lost, first.Refused));
        var second = Take(3);
        Assert.Equal((0, 0, 0, 0), (second.Received, second.Sent, second.Lost, second.Refused));
    }

    [Fact]
    public void Quantiles_are_those_of_the_interval()
    {
        for (var message = 0; message < 98; message++)
            totals.Record("krait.server.message.duration", 0.001, []);

        totals.Record("krait.server.message.duration", 0.2, []);
        totals.Record("krait.server.message.duration", 0.2, []);

        var first = Take(1);
        Assert.InRange(first.HandlerP50!.Value, 0.001, 0.0011);
        Assert.InRange(first.HandlerP99!.Value, 0.2, 0.22);
        Assert.Null(Take(2).HandlerP99);
    }

    [Fact]
    public void Closes_and_refusals_are_counted_by_their_tags_since_the_start()
    {
        totals.Record("krait.server.connection.duration", 12.5, [new("http.route", "/market"), new("krait.close.cause", "client_closed")]);
        totals.Record("krait.server.upgrades.refused", 1, [new("krait.refusal", "origin")]);
        var first = Take(1);
        totals.Record("krait.server.connection.duration", 0.1, [new("krait.close.cause", "client_closed")]);
        totals.Record("krait.server.connection.duration", 0.1, [new("krait.close.cause", "too_slow")]);

        var second = Take(2);
        Assert.Equal([new("client_closed", 2), new("too_slow", 1)], second.Closes);
        Assert.Equal([new("origin", 1)], second.Refusals);
        Assert.Equal([new("client_closed", 1)], first.Closes);
    }

    [Fact]
    public void The_processor_is_as_busy_as_all_modes_together_since_the_last_snapshot()
    {
        Report(user: 10, system: 5);
        Assert.Equal(0, Take(1).Cpu); // the start of the program does not count
        Report(user: 10 + Environment.ProcessorCount, system: 5 + Environment.ProcessorCount);

        Assert.Equal(0.5, Take(5).Cpu, precision: 9);

        void Report(double user, double system)
        {
            totals.Record("dotnet.process.cpu.time", user, [new("cpu.mode", "user")]);
            totals.Record("dotnet.process.cpu.time", system, [new("cpu.mode", "system")]);
        }
    }

    [Fact]
    public void The_working_set_is_the_latest()
    {
        totals.Record("dotnet.process.memory.working_set", 100, []);
        totals.Record("dotnet.process.memory.working_set", 200, []);

        Assert.Equal(200, Take(1).Memory);
    }

    [Fact]
    public void Other_instruments_and_tags_change_nothing()
    {
        var none = Take(1);
        totals.Record("krait.resume", 5, [new("krait.recovered", true)]);

        Assert.Equivalent(none with { At = Start.AddSeconds(2) }, Take(2), strict: true);
    }

    private MeterSnapshot Take(int seconds) => totals.TakeSnapshot(Start.AddSeconds(seconds));
}
