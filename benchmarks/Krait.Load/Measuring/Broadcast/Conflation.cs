using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Quotes for a client that reads slower than they come: how many wait, and how old those are that it gets.</summary>
internal static class Conflation
{
    private const double Mebi = 1 << 20;

    public static void Run(BroadcastOptions options)
    {
        var rate = options.RateOr(50_000);
        var samples = new Samples(
            $"{rate} quotes/s of {Quote.Symbols} symbols, {SlowReading.TakenPerSecond}/s are read",
            new("still in"),
            new("sent/s"),
            new("read/s"),
            new("most waiting"),
            new("staleness p50 ms", "N1"),
            new("p99 ms", "N1", IsCompared: true),
            new("heap MiB at start", "N1"),
            new("at end", "N1"),
            new("last quotes that arrive"));
        string[] usual = ["krait", BroadcastContender.SignalR, BroadcastContender.SignalRUnawaited, "naive", "loop", "krait-fresh"];
        samples.Collect("Quotes", options.Starts, options.ContendersOr(usual), contender => Measure(contender, rate, options));
        Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
    }

    private static double?[] Measure(BroadcastContender contender, int rate, BroadcastOptions options)
    {
        using var server = contender.Start();
        using var reading = new SlowReading(server, contender.Take(Seats.Quotes), rate);
        Hall.AwaitMemberships(server, 1);
        reading.Run(options.WarmUp); // the compiler works, and buffers fill
        var (heap, published) = (server.Ask(ServerProgram.Memory), server.Ask(Publisher.Published));
        var (seconds, taken, staleness) = reading.Run(options.Span);
        var (sent, waiting) = (server.Ask(Publisher.Published) - published, server.Ask(Publisher.MostWaiting));
        var heapAfter = server.Ask(ServerProgram.Memory);
        if (reading.HasEnded)
            return [0]; // rates of a connection that the server has ended say nothing

        return
        [
            1, sent / seconds, taken / seconds, waiting == Publisher.Unknown ? null : waiting,
            staleness.Microseconds(0.5) / 1e3, staleness.Microseconds(0.99) / 1e3,
            heap / Mebi, heapAfter / Mebi, reading.TakeRest(TimeSpan.FromSeconds(options.IsQuick ? 0.3 : 3)),
        ];
    }
}
