using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>Measures contenders in short turns, A B C A B C, so that whatever else the machine does hits them alike, and in several processes each, since no two are compiled alike.</summary>
internal static class Throughput
{
    public static void Run(Options options)
    {
        var tallies = Measure(options);
        foreach (var workload in options.Workloads)
            Console.WriteLine(Table(workload, tallies[workload]));
    }

    /// <summary>Measures all contenders with all workloads, and says how.</summary>
    public static Dictionary<Workload, List<Tally>> Measure(Options options)
    {
        Console.WriteLine(Pinning.Says);
        Console.WriteLine(options.Spins ? "The load spins." : "The load sleeps while nothing comes.");
        Console.WriteLine();
        var tallies = options.Workloads.ToDictionary(workload => workload, _ => options.Contenders.Select(contender => new Tally(contender)).ToList());
        for (var start = 1; start <= options.Starts; start++)
        {
            Console.Error.WriteLine($"Start {start} of {options.Starts}");
            RunOnce(options, tallies);
        }

        return tallies;
    }

    private static void RunOnce(Options options, Dictionary<Workload, List<Tally>> tallies)
    {
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var contender in options.Contenders)
                servers.Add(ServerProcess.Start(contender));

            foreach (var workload in options.Workloads)
                Compare(servers, workload, tallies[workload], options);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static void Compare(List<ServerProcess> servers, Workload workload, List<Tally> tallies, Options options)
    {
        Console.Error.WriteLine(workload);
        var loads = servers.ConvertAll(server => new LoadLoop(server.Port, server.Contender.Talk(workload), workload, options.Spins));
        try
        {
            new Alternation(options.Turns, options.TurnLength, options.WarmUp).Run(servers, loads, tallies);
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }

    private static Table Table(Workload workload, List<Tally> tallies)
    {
        string[] references = ["loop", "signalr", .. tallies.Where(tally => tally.IsBuiltElsewhere).Select(tally => tally.Name)];
        var table = new Table(
        [
            workload.ToString(), "messages/s", "CPU us/message", "p50 us", "p99 us", "alloc B/message",
            .. references.Select(name => $"x {name}"), .. references.Select(name => $"x {name} per CPU"),
        ]);
        foreach (var tally in tallies)
        {
            table.Add(
            [
                tally.Name,
                Figures.Format("N0", tally.Rate),
                Figures.Format("N2", tally.Cpu),
                Figures.Format("N0", tally.Latency.Microseconds(0.5)),
                Figures.Format("N0", tally.Latency.Microseconds(0.99)),
                Figures.Format("N1", tally.Allocated),
                .. references.Select(name => Figures.Format("N2", tally.RateOver(Of(name)))),
                .. references.Select(name => Figures.Format("N2", tally.ThriftOver(Of(name)))),
            ]);
        }

        return table;

        Tally? Of(string name) => tallies.Find(tally => tally.Name == name);
    }
}
