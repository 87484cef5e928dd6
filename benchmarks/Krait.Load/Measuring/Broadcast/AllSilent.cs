using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What a server has in memory when many messages were sent to members that read none.</summary>
internal static class AllSilent
{
    private const int MessageSize = 1024;
    private const int Step = 100;
    private const double Mebi = 1 << 20;

    // SignalR gives a client up that has taken nothing for ten seconds, and who waits for that client waits as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void Run(BroadcastOptions options)
    {
        var members = options.MembersOr(1000);
        var samples = new Samples(
            $"{members} members that read nothing, {options.Messages} messages of 1 KiB",
            new("offered"),
            new("still in"),
            new("heap MiB", "N1", IsCompared: true),
            new("heap bytes/member"),
            new("process MiB"),
            new("at most MiB", IsCompared: true));
        var contenders = options.ContendersOr("krait", BroadcastContender.SignalRUnawaited, "naive", "loop");
        samples.Collect("All silent", options.Starts, contenders, contender => Measure(contender, members, options));
        Console.WriteLine(samples.ToTable(BroadcastContender.SignalRUnawaited));
    }

    private static double?[] Measure(BroadcastContender contender, int members, BroadcastOptions options)
    {
        using var server = contender.Start();
        server.Tell($"{Publisher.SizeOrder} {MessageSize}");

        // Nobody has it listen.
        using var silent = new Audience(server.Port, contender.Take(Seats.Droppers), members, likeEthernet: true);
        Hall.AwaitMemberships(server, members);
        var before = server.Ask(ServerProgram.Memory);
        var offered = Offer(server, options);
        double heap = server.Ask(ServerProgram.Memory) - before;
        return
        [
            offered, server.Ask(Publisher.Memberships), heap / Mebi, heap / members,
            server.Ask(ServerProgram.Resident) / Mebi, server.PeakWorkingSet / Mebi,
        ];
    }

    /// <summary>Offers messages until all were, or the server has taken too much memory.</summary>
    private static int Offer(ServerProcess server, BroadcastOptions options)
    {
        var offered = 0;
        while (offered < options.Messages && server.PeakWorkingSet < options.MostMemory)
        {
            var step = Math.Min(Step, options.Messages - offered);
            server.Tell($"{Publisher.TickOrder} {step}");
            offered += step;
            server.AskUntil(Publisher.Published, published => published >= offered, Patience);
        }

        return offered;
    }
}
