using System.Globalization;
using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>Measures contenders in turns, A B C A B C, so that whatever else the machine does hits them alike.</summary>
internal static class Throughput
{
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(100);

    public static void Run(Options options)
    {
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var contender in options.Contenders)
                servers.Add(ServerProcess.Start(contender));

            foreach (var workload in options.Workloads)
                Print(workload, Compare(servers, workload, options));
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static List<(Contender Contender, List<Turn> Turns)> Compare(List<ServerProcess> servers, Workload workload, Options options)
    {
        foreach (var server in servers)
        {
            Console.Error.WriteLine($"{workload}: {server.Contender.Name} warms up");
            using var load = new LoadLoop(server.Port, server.Contender.Talk(workload), workload);
            Thread.Sleep(options.WarmUp);
        }

        var turns = servers.ToDictionary(server => server.Contender, _ => new List<Turn>());
        for (var i = 1; i <= options.Turns; i++)
        {
            foreach (var server in servers)
            {
                using var load = new LoadLoop(server.Port, server.Contender.Talk(workload), workload);
                Thread.Sleep(SettlingTime);
                var turn = Turn.Measure(load, server, options.TurnLength);
                turns[server.Contender].Add(turn);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload}: turn {i}, {server.Contender.Name}: {turn.Rate:N0} messages/s"));
            }
        }

        return [.. servers.Select(server => (server.Contender, turns[server.Contender]))];
    }

    private static void Print(Workload workload, List<(Contender Contender, List<Turn> Turns)> all)
    {
        var table = new Table(workload.ToString(), "messages/s", "CPU us/message", "p50 us", "p99 us", "alloc B/message", "x loop", "x signalr");
        foreach (var (contender, turns) in all)
        {
            var median = Turn.Median(turns);
            table.Add(
                contender.Name, Format("N0", median.Rate), Format("N2", median.Cpu), Format("N0", median.P50), Format("N0", median.P99), Format("N1", median.Allocated),
                Ratio(turns, TurnsOf("loop")), Ratio(turns, TurnsOf("signalr")));
        }

        Console.WriteLine(table);

        List<Turn>? TurnsOf(string name) => all.Find(one => one.Contender.Name == name).Turns;
    }

    private static string Format(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);

    // The ratio of each round by itself, since a machine that others share is not as fast in the next.
    private static string Ratio(List<Turn> turns, List<Turn>? others) =>
        others is null ? "" : Format("N2", Turn.Median([.. turns.Zip(others, (turn, other) => turn.Rate / other.Rate)]));
}
