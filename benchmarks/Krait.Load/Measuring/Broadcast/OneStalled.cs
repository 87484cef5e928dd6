using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What one member that reads nothing costs: the others in time, the server in memory.</summary>
internal static class OneStalled
{
    private const int MessageSize = 1024;
    private const double Kibi = 1024;

    public static void Run(BroadcastOptions options)
    {
        var (members, rate) = (options.MembersOr(1000) - 1, options.RateOr(100));
        var samples = new Samples(
            $"{members} members that read, {rate} messages/s of 1 KiB",
            new("p50 ms", "N1"),
            new("p99 ms", "N1", IsCompared: true),
            new("p99 ms next to one that stalls", "N1", IsCompared: true),
            new("next to it / without", "N2"),
            new("arrived next to it %", "N1"),
            new("KiB of heap it costs"),
            new("KiB of process"),
            new("it is still in"));
        string[] usual = ["krait", BroadcastContender.SignalR, BroadcastContender.SignalRUnawaited, "naive", "loop"];
        samples.Collect("One stalled", options.Starts, options.ContendersOr(usual), contender => Measure(contender, members, rate, options));
        Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
    }

    // In one process, so that both runs have the same code and the same pools.
    private static double?[] Measure(BroadcastContender contender, int members, int rate, BroadcastOptions options)
    {
        using var hall = Hall.Open(contender, members, MessageSize, options.Servers);
        Hall.WarmUp([hall], burst: 1, options.WarmUp);
        var without = SteadyRate.Run(hall, rate, options.Span);
        var server = hall.Servers[^1];
        var (before, membersHere) = (Memory(server), (int)server.Ask(Publisher.Memberships));

        using var stalled = ClientSocket.Open(server.Port, contender.Take(Seats.Droppers), likeEthernet: true);
        Hall.AwaitMemberships(server, membersHere + 1);
        var nextTo = SteadyRate.Run(hall, rate, options.Span);
        var after = Memory(server);

        var (p50, p99, p99NextTo) = (Milliseconds(without, 0.5), Milliseconds(without, 0.99), Milliseconds(nextTo, 0.99));
        return
        [
            p50, p99, p99NextTo, p99NextTo / p99, nextTo.Arrived,
            (after.Heap - before.Heap) / Kibi, (after.Process - before.Process) / Kibi,
            server.Ask(Publisher.Memberships) - membersHere,
        ];
    }

    private static double Milliseconds(SteadyRate steady, double quantile) => steady.Deliveries.Microseconds(quantile) / 1e3;

    private static (double Heap, double Process) Memory(ServerProcess server) =>
        (server.Ask(ServerProgram.Memory), server.Ask(ServerProgram.Resident));
}
