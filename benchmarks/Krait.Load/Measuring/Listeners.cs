namespace Krait.Load.Measuring;

/// <summary>What listeners to metrics and spans cost Krait's messages: servers with and without them, in turns.</summary>
internal static class Listeners
{
    /// <summary>Servers with listeners, and how much of the rate without one they are wanted to have.</summary>
    private static readonly Dictionary<string, double> Wanted = new()
    {
        ["krait-metered"] = 0.95,
        ["krait-traced"] = 0.97,
    };

    /// <summary>The servers that are compared; the first one has no listener.</summary>
    public static IReadOnlyList<Contender> Contenders { get; } =
        [.. new[] { "krait", "krait-metered", "krait-traced", "krait-propagated" }.Select(Contender.Find)];

    public static void Run(Options options)
    {
        var tallies = Throughput.Measure(options);
        foreach (var workload in options.Workloads)
            Console.WriteLine(Table(workload, tallies[workload]));
    }

    private static Table Table(Workload workload, List<Tally> tallies)
    {
        var silent = tallies.Find(static tally => tally.Name == "krait");
        var table = new Table(
            workload.ToString(),
            "messages/s", "CPU us/message", "x krait", "x krait per CPU", "wanted at least",
            "alloc B/message", "over krait", "wanted");
        foreach (var tally in tallies)
        {
            var isWanted = Wanted.TryGetValue(tally.Name, out var wanted);
            table.Add(
                tally.Name,
                Figures.Format("N0", tally.Rate),
                Figures.Format("N3", tally.Cpu),
                Figures.Format("N3", tally.RateOver(silent)),
                Figures.Format("N3", tally.ThriftOver(silent)),
                Figures.Format("N2", isWanted ? wanted : null),
                Figures.Format("N2", tally.Allocated),
                Figures.Format("N2", tally.Allocated - silent?.Allocated),
                tally.Name == "krait-metered" ? "0" : "");
        }

        return table;
    }
}
