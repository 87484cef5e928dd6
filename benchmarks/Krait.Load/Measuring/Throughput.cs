using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>Measures contenders in short turns, A B C A B C, so that whatever else the machine does hits them alike.</summary>
internal static class Throughput
{
    /// <summary>How much of a turn goes by before it is measured.</summary>
    private const double Settling = 0.25;

    public static void Run(Options options)
    {
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var contender in options.Contenders)
                servers.Add(ServerProcess.Start(contender));

            foreach (var workload in options.Workloads)
                Compare(servers, workload, options);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    private static void Compare(List<ServerProcess> servers, Workload workload, Options options)
    {
        var tallies = servers.ConvertAll(server => new Tally(server, workload));
        try
        {
            foreach (var tally in tallies)
            {
                Console.Error.WriteLine($"{workload}: {tally.Name} warms up");
                tally.WarmUp(options.WarmUp);
            }

            for (var turn = 1; turn <= options.Turns; turn++)
            {
                foreach (var tally in tallies)
                    tally.TakeTurn(options.TurnLength * Settling, options.TurnLength);

                if (turn % 10 == 0)
                    Console.Error.WriteLine($"{workload}: turn {turn} of {options.Turns}");
            }

            Console.WriteLine(Table(workload, tallies));
        }
        finally
        {
            tallies.ForEach(tally => tally.Dispose());
        }
    }

    private static Table Table(Workload workload, List<Tally> tallies)
    {
        var loop = tallies.Find(tally => tally.Name == "loop");
        var signalR = tallies.Find(tally => tally.Name == "signalr");
        var table = new Table(
            workload.ToString(), "messages/s", "CPU us/message", "p50 us", "p99 us", "alloc B/message", "x loop", "x signalr", "x loop per CPU", "x signalr per CPU");
        foreach (var tally in tallies)
        {
            table.Add(
                tally.Name, Format("N0", tally.Rate), Format("N2", tally.Cpu), Format("N0", tally.Latency.Microseconds(0.5)), Format("N0", tally.Latency.Microseconds(0.99)),
                Format("N1", tally.Allocated), Format("N2", tally.RateOver(loop)), Format("N2", tally.RateOver(signalR)), Format("N2", tally.ThriftOver(loop)), Format("N2", tally.ThriftOver(signalR)));
        }

        return table;
    }

    private static string Format(string format, double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
