using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>The row <c>idle</c>: what a process has in memory for each connection that was used and is idle now.</summary>
internal static class IdleWorkingSet
{
    private const int UsualRounds = 3;
    private const int MessagesBefore = 3;
    private const int FirstConnections = 100;

    private static readonly Contender[] Contenders =
        [.. new[] { "krait", "krait-tuned", "krait-sockets" }.Select(Contender.Find)];

    public static Table Measure(TransportOptions options)
    {
        var measured = Contenders.ToDictionary(static contender => contender, static _ => new List<double>());
        var rounds = options.RoundsOr(UsualRounds);
        for (var round = 1; round <= rounds; round++)
        {
            Console.Error.WriteLine($"Round {round} of {rounds}");
            foreach (var contender in Contenders)
                measured[contender].Add(Measure(contender, options.Idle));
        }

        var usual = Figures.Median(measured[Contenders[0]]);
        var table = new Table($"{options.Idle:N0} idle connections", "resident bytes each", $"x {Contenders[0].Name}");
        foreach (var (contender, bytes) in measured)
            table.Add(contender.Name, Figures.Format("N0", Figures.Median(bytes)), Figures.Format("N2", Figures.Median(bytes) / usual));

        return table;
    }

    private static double Measure(Contender contender, int count)
    {
        using var server = ServerProcess.Start(contender);
        OpenAll(server, FirstConnections).ForEach(static connection => connection.Dispose()); // has made what is made once
        var before = server.Ask(ServerProgram.Resident);
        var connections = OpenAll(server, count);
        var bytes = (double)(server.Ask(ServerProgram.Resident) - before) / count;
        connections.ForEach(static connection => connection.Dispose());
        return bytes;
    }

    private static List<LoadConnection> OpenAll(ServerProcess server, int count)
    {
        var dialogue = PlainDialogue.For(new(MessageKind.Binary, 32, 1, 1));
        var latency = new LatencyHistogram();
        var connections = new List<LoadConnection>();
        for (var i = 0; i < count; i++)
        {
            connections.Add(LoadConnection.Open(server.Port, dialogue, latency));
            for (var message = 0; message < MessagesBefore; message++)
                connections[i].Exchange();
        }

        return connections;
    }
}
