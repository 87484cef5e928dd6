namespace Krait.Load.Measuring;

/// <summary>When the last of many members has a message.</summary>
internal static class LastMember
{
    private const int MessageSize = 128;

    public static void Run(BroadcastOptions options)
    {
        var (members, rate) = (options.MembersOr(5000), options.RateOr(10));
        var samples = new Samples(
            $"{members} members, {rate} messages/s of {MessageSize} B",
            new("p50 ms of the last", "N1", IsCompared: true),
            new("p99 ms", "N1", IsCompared: true),
            new("arrived %", "N1"));
        var contenders = options.ContendersOr("krait", BroadcastContender.SignalR, "naive", "loop");
        samples.Collect("Last member", options.Starts, contenders, contender => Measure(contender, members, rate, options));
        Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
    }

    private static double?[] Measure(BroadcastContender contender, int members, int rate, BroadcastOptions options)
    {
        using var hall = Hall.Open(contender, members, MessageSize, options.Servers);
        Hall.WarmUp([hall], burst: 1, options.WarmUp);
        var steady = SteadyRate.Run(hall, rate, options.Span);
        var latency = steady.LastMembers;
        return [latency.Microseconds(0.5) / 1e3, latency.Microseconds(0.99) / 1e3, steady.Arrived];
    }
}
