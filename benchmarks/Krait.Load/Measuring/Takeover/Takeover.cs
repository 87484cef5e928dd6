using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Two servers behind a proxy drain and start in turn, while clients send numbers and check that none is lost.</summary>
internal static class Takeover
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4); // longer than clients are asked to stay away

    /// <exception cref="InvalidOperationException">Numbers were lost, or came twice.</exception>
    public static async Task RunAsync(TakeoverOptions options)
    {
        using var redis = RedisServer.Start();
        using var a = new LedgerProcess();
        using var b = new LedgerProcess();
        using var proxy = new Proxy(options.Proxy, [a.Port, b.Port]);
        using var clients = new LedgerClients(proxy.Port, options);
        await clients.BeginAsync();
        var exits = new List<TimeSpan>();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (name, server) in new[] { ("A", a), ("B", b) })
            {
                await Task.Delay(options.Pause);
                Console.Error.WriteLine($"Server {name} stops.");
                exits.Add(await server.StopAsync());
                server.Restart();
            }
        }

        await Task.Delay(options.Pause);
        await clients.EndAsync(Settling);
        Console.WriteLine(Report(options, clients, exits));
        if (clients.CountLost() + clients.Notes.Sum(static notes => notes.Repeated) > 0)
            throw new InvalidOperationException("Acknowledged numbers were lost, or came twice.");
    }

    private static Table Report(TakeoverOptions options, LedgerClients clients, List<TimeSpan> exits)
    {
        var notes = clients.Notes.ToList();
        var table = new Table(
            $"{options.Clients} clients behind {options.Proxy}, {exits.Count} stops, "
            + $"DrainPeriod {LedgerServer.DrainPeriod.TotalSeconds} s",
            "",
            "wanted");
        table.Add("numbers that the server acknowledged", Count(notes.Sum(static one => one.Acknowledged.Count)), "");
        table.Add("of them for each client of the room", Count(clients.CountDue()), "");
        table.Add("of these lost", Count(clients.CountLost()), "0");
        table.Add("numbers that a client got twice", Count(notes.Sum(static one => one.Repeated)), "0");
        table.Add("clients that came back", Count(notes.Sum(static one => one.Returns)), "");
        table.Add("of them without what they missed", Count(notes.Sum(static one => one.Unrecovered)), "0");
        table.Add("statuses of closes", Statuses(notes.SelectMany(static one => one.Closes)), "1012");
        table.Add("refused upgrades that a client saw", Statuses(notes.SelectMany(static one => one.Refusals)), "none");
        table.Add("longest silence of a client, s", Figures.Format("N2", notes.Max(static one => one.LongestSilence).TotalSeconds), "");
        table.Add("longest exit of a server after SIGTERM, s", Figures.Format("N2", exits.Max().TotalSeconds), "");
        return table;
    }

    private static string Count(long count) => Figures.Format("N0", count);

    private static string Statuses(IEnumerable<int> statuses)
    {
        var counts = statuses.CountBy(static status => status).OrderBy(static pair => pair.Key).ToList();
        return counts.Count == 0 ? "none" : string.Join(", ", counts.Select(static pair => $"{pair.Key}: {pair.Value}"));
    }
}
