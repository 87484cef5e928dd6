using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>One client floods a server that limits its messages: what that costs the server, and the other clients.</summary>
/// <remarks>
/// With Refuse, the server has to read every message: the processor time is that until it has. With Wait, it stops reading: the
/// processor time is that of the time span in which it handles the whole flood without a limit. With Close, it is that until the
/// connection has ended.
/// </remarks>
internal static class Flood
{
    private const double WantedShare = 0.05;
    private const double WantedDelay = 1.1;

    public static void Run(FloodOptions options)
    {
        Console.WriteLine(Pinning.Says);
        Console.WriteLine();
        using var server = ServerProcess.Start(Contender.Find("krait"));
        WarmUp(server, options);
        Console.WriteLine(Costs(server, options));
        Console.WriteLine(Delays(server, options));
    }

    private static void WarmUp(ServerProcess server, FloodOptions options)
    {
        var warmUp = new WarmUp(options.WarmUp, () => [server.Ask(ServerProgram.Compiled)]);
        for (; !warmUp.IsOver; warmUp.EndRound())
        {
            foreach (var kind in FloodKind.All)
                FloodCost.Measure(server, kind, options.Messages / 10, kind.IsStalled ? warmUp.Slice : null);
        }
    }

    private static Table Costs(ServerProcess server, FloodOptions options)
    {
        var costs = FloodKind.All.ToDictionary(static kind => kind.Name, static _ => new List<FloodCost>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine($"Cost: round {round} of {options.Rounds}");
            foreach (var kind in FloodKind.All)
            {
                TimeSpan? limit = kind.IsStalled ? costs[kind.Free!][^1].Elapsed : null;
                costs[kind.Name].Add(FloodCost.Measure(server, kind, options.Messages, limit));
            }
        }

        var table = new Table(
            $"{options.Messages:N0} messages of one client, {FloodPaths.Limit} a second allowed",
            "CPU ms", "ms", "ns CPU/message", "answers", "CPU of no limit", "wanted at most",
            "alloc B/refused message", "wanted");
        foreach (var kind in FloodKind.All)
            Add(table, kind, costs[kind.Name], costs[kind.Free ?? kind.Name]);

        return table;
    }

    private static void Add(Table table, FloodKind kind, List<FloodCost> own, List<FloodCost> free) => table.Add(
        kind.Name,
        Figures.Format("N1", Figures.Median(own.Select(static cost => cost.Cpu.TotalMilliseconds))),
        Figures.Format("N0", Figures.Median(own.Select(static cost => cost.Elapsed.TotalMilliseconds))),
        Figures.Format("N0", Figures.Median(own.Select(static cost => cost.Cpu.TotalNanoseconds / Math.Max(1, cost.Sent)))),
        Figures.Format("N0", Figures.Median(own.Select(static cost => (double)cost.Answers))),
        Figures.Format("P1", Figures.Median(own.Zip(free, static (limited, all) => limited.Cpu / all.Cpu))),
        kind.IsRefused ? Figures.Format("P0", WantedShare) : "",
        kind.IsRefused ? Figures.Format("N3", Figures.Median(own.Select(static cost => cost.AllocatedPerRefused))) : "",
        kind.IsRefused ? "0" : "");

    private static Table Delays(ServerProcess server, FloodOptions options)
    {
        (string Name, FloodKind? Kind, int? Rate, bool IsWanted)[] floods =
        [
            ("no flood", null, null, false),
            .. FloodKind.All.Take(3).Select(kind => Flooding(kind, options.Rate)),
            .. FloodKind.All.Take(3).Select(static kind => Flooding(kind, rate: null)),
        ];
        var delays = floods.Select(static _ => new List<EchoDelay>()).ToArray();
        for (var round = 0; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine($"Delay: round {round} of {options.Rounds}");
            foreach (var (index, flood) in floods.Index())
                delays[index].Add(EchoDelay.Measure(server, options, flood.Kind, flood.Rate));
        }

        var table = new Table(
            $"32 B on {options.Echoes} other connections", "p50 us", "p99 us", "x no flood", "wanted at most", "flood/s");
        foreach (var (index, flood) in floods.Index())
            Add(table, flood.Name, delays[index], delays[0], flood.IsWanted);

        return table;
    }

    private static (string Name, FloodKind? Kind, int? Rate, bool IsWanted) Flooding(FloodKind kind, int? rate) =>
        ($"{kind.Name}, {(rate is null ? "as fast as it can" : $"{rate:N0}/s")}", kind, rate, kind.Free is not null);

    private static void Add(Table table, string name, List<EchoDelay> own, List<EchoDelay> quiet, bool isWanted)
    {
        var counted = own.Zip(quiet).Skip(1).ToList(); // the first round warms up
        table.Add(
            name,
            Figures.Format("N0", Figures.Median(counted.Select(static pair => pair.First.P50))),
            Figures.Format("N0", Figures.Median(counted.Select(static pair => pair.First.P99))),
            Figures.Format("N2", Figures.Median(counted.Select(static pair => pair.First.P99 / pair.Second.P99))),
            isWanted ? Figures.Format("N2", WantedDelay) : "",
            Figures.Format("N0", Figures.Median(counted.Select(static pair => pair.First.Flood))));
    }
}
