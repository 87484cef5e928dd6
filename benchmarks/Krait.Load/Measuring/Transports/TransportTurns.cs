using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>Contenders under a closed loop, in turns, and the table of it.</summary>
internal static class TransportTurns
{
    /// <summary>Measures; the ratios are to the first contender.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="unit">What is counted: a message, a request.</param>
    /// <param name="contenders">The contenders.</param>
    /// <param name="load">Connects to a server.</param>
    /// <param name="options">The options.</param>
    public static Table Measure(
        string title, string unit, IReadOnlyList<Contender> contenders, Func<ServerProcess, ILoad> load, TransportOptions options)
    {
        var tallies = contenders.Select(static contender => new Tally(contender)).ToList();
        for (var start = 1; start <= options.Starts; start++)
        {
            Console.Error.WriteLine($"{title}: start {start} of {options.Starts}");
            MeasureOnce(tallies, contenders, load, options.Turns);
        }

        var first = tallies[0];
        var table = new Table(title, $"{unit}s/s", $"CPU us/{unit}", $"x {first.Name}", $"x {first.Name} per CPU");
        foreach (var tally in tallies)
        {
            table.Add(
                tally.Name,
                Figures.Format("N0", tally.Rate),
                Figures.Format("N2", tally.Cpu),
                Figures.Format("N2", tally.RateOver(first)),
                Figures.Format("N2", tally.ThriftOver(first)));
        }

        return table;
    }

    private static void MeasureOnce(
        List<Tally> tallies, IReadOnlyList<Contender> contenders, Func<ServerProcess, ILoad> load, Alternation turns)
    {
        var servers = new List<ServerProcess>();
        var loads = new List<ILoad>();
        try
        {
            foreach (var contender in contenders)
            {
                servers.Add(ServerProcess.Start(contender));
                loads.Add(load(servers[^1]));
            }

            turns.Run(servers, loads, tallies);
        }
        finally
        {
            loads.ForEach(static one => one.Dispose());
            servers.ForEach(static server => server.Dispose());
        }
    }
}
