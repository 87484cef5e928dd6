using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Measures what the servers' heaps hold of a connection that was used and is idle now.</summary>
internal static class IdleMemory
{
    private const int MessagesBefore = 3;

    private static readonly Workload Small = new(MessageKind.Binary, 32, 1, 1);

    private static readonly (string Name, Contender Contender, Dialogue Dialogue)[] Contenders =
    [
        ("raw: upgraded, no buffer", new("raw", "raw"), new PlainDialogue { Path = "/raw", Message = [] }),
        ("krait", new("krait", "krait"), PlainDialogue.For(Small)),
        ("loop, buffer of 4 KiB", new("loop", "loop"), PlainDialogue.For(Small)),
        ("loop, buffer of 16 KiB", new("loop", "loop"), PlainDialogue.For(Small) with { Path = "/binary?buffer=16384" }),
        ("signalr", new("signalr", "signalr"), SignalRDialogue.For(Small)),
    ];

    public static void Run(Options options)
    {
        var measured = new List<(string Name, long Bytes)>();
        var elsewhere = options.Contenders.Where(contender => contender.Program is not null);
        foreach (var (name, contender, dialogue) in Contenders.Concat(elsewhere.Select(Plain)))
        {
            Console.Error.WriteLine($"{options.IdleConnections} idle connections: {name}");
            using var server = ServerProcess.Start(contender);
            measured.Add((name, Measure(server, dialogue, options.IdleConnections)));
        }

        var raw = measured[0].Bytes;
        var signalR = measured[Contenders.Length - 1].Bytes;
        var table = new Table($"{options.IdleConnections} idle connections", "managed bytes each", "over raw", "x signalr");
        foreach (var (name, bytes) in measured)
            table.Add(name, Figures.Format("N0", bytes), Figures.Format("N0", bytes - raw), Figures.Format("N2", (double)bytes / signalR));

        Console.WriteLine(table);
    }

    private static (string Name, Contender Contender, Dialogue Dialogue) Plain(Contender contender) =>
        (contender.Name, contender, PlainDialogue.For(Small));

    private static long Measure(ServerProcess server, Dialogue dialogue, int count)
    {
        // What is made once is made by a connection that does not count.
        using var first = Open(server, dialogue);
        var before = server.Ask(ServerProgram.Memory);
        var connections = new List<LoadConnection>();
        for (var i = 0; i < count; i++)
            connections.Add(Open(server, dialogue));

        var bytes = (server.Ask(ServerProgram.Memory) - before) / count;
        connections.ForEach(connection => connection.Dispose());
        return bytes;
    }

    private static LoadConnection Open(ServerProcess server, Dialogue dialogue)
    {
        var connection = LoadConnection.Open(server.Port, dialogue, new());
        for (var i = 0; i < MessagesBefore && dialogue.Message.Length > 0; i++)
            connection.Exchange();

        return connection;
    }
}
