namespace Krait.Load.Measuring;

/// <summary>The row <c>blocked</c>: how long other connections wait while the handler of one blocks for 100 ms, again and again.</summary>
internal static class BlockedHandler
{
    private const int UsualRounds = 5;
    private const int Others = 63;

    private static readonly Contender[] Contenders =
    [
        new("krait", "krait"),
        new("krait-tuned", "krait", SocketMode.Tuned),
        new("krait-sockets, 1 loop", "krait", SocketMode.Krait, Loops: 1),
    ];

    public static Table Measure(TransportOptions options)
    {
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var contender in Contenders)
                servers.Add(ServerProcess.Start(contender));

            return Measure(servers, options.RoundsOr(UsualRounds), options.Span);
        }
        finally
        {
            servers.ForEach(static server => server.Dispose());
        }
    }

    private static Table Measure(List<ServerProcess> servers, int rounds, TimeSpan span)
    {
        var delays = servers.ConvertAll(static _ => new List<BlockedDelay>());
        for (var round = 0; round <= rounds; round++) // the first one warms up
        {
            Console.Error.WriteLine($"Round {round} of {rounds}");
            foreach (var (index, server) in servers.Index())
                delays[index].Add(BlockedDelay.Measure(server, Others, span));
        }

        var table = new Table($"{Others} connections next to one that blocks", "p50 us", "p99 us", "max us", "blocks/s");
        foreach (var (server, measured) in servers.Zip(delays))
        {
            table.Add(
                server.Contender.Name,
                Median(static delay => delay.P50),
                Median(static delay => delay.P99),
                Median(static delay => delay.Max),
                Median(static delay => delay.Blocks));

            string Median(Func<BlockedDelay, double> figure) => Figures.Format("N0", Figures.Median(measured.Skip(1).Select(figure)));
        }

        return table;
    }
}
