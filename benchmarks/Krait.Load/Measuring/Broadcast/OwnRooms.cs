using System.Diagnostics;
using System.Net.Sockets;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>How long many clients take to enter, each a room of its own.</summary>
internal static class OwnRooms
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Run(BroadcastOptions options)
    {
        var clients = options.MembersOr(10_000);
        var samples = new Samples(
            $"{clients} clients, a room each, {options.Servers} servers",
            new("seconds until all are in", "N2", IsCompared: true),
            new("CPU s of the servers", "N2", IsCompared: true));
        string[] usual = ["krait", BroadcastContender.SignalR];
        samples.Collect("Own rooms", options.Starts, options.ContendersOr(usual), contender => Measure(contender, clients, options.Servers));
        Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
    }

    private static double?[] Measure(BroadcastContender contender, int clients, int servers)
    {
        using var hall = Hall.Open(contender, members: servers, messageSize: 128, servers); // one each: everything is connected
        var (cpu, began) = (hall.ProcessorTime, Stopwatch.GetTimestamp());
        var connections = new List<Socket>();
        try
        {
            for (var i = 0; i < clients; i++)
                connections.Add(ClientSocket.Open(hall.Servers[i % servers].Port, contender.Take($"{Seats.Own}{i}")));

            foreach (var (index, server) in hall.Servers.Index())
            {
                var share = (clients / servers) + (index < clients % servers ? 1 : 0);
                server.AskUntil(Publisher.Memberships, found => found == share + 1, Patience);
            }

            return [Stopwatch.GetElapsedTime(began).TotalSeconds, (hall.ProcessorTime - cpu).TotalSeconds];
        }
        finally
        {
            connections.ForEach(static connection => connection.Dispose());
        }
    }
}
