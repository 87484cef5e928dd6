using System.Diagnostics;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>How many messages reach members: contenders take short turns, and are started anew some times.</summary>
internal static class Deliveries
{
    private const int MessageSize = 128;

    public static void Run(BroadcastOptions options, int burst)
    {
        var members = options.MembersOr(1000);
        var samples = new Samples(
            $"{members} members, messages of {MessageSize} B, {burst} at once",
            new("deliveries/s", IsCompared: true),
            new("deliveries/CPU s", IsCompared: true),
            new("alloc B/delivery", "N1"),
            new("clients busy %"));
        for (var start = 1; start <= options.Starts; start++)
        {
            Console.Error.WriteLine($"{burst} at once: start {start} of {options.Starts}");
            RunOnce(options, members, burst, samples);
        }

        Console.WriteLine(samples.ToTable(BroadcastContender.SignalR));
    }

    private static void RunOnce(BroadcastOptions options, int members, int burst, Samples samples)
    {
        var halls = new List<Hall>();
        try
        {
            foreach (var contender in options.ContendersOr("krait", BroadcastContender.SignalR, "naive", "loop"))
                halls.Add(Hall.Open(contender, members, MessageSize, options.Servers));

            Hall.WarmUp(halls, burst, options.WarmUp);
            for (var turn = 0; turn < options.Turns; turn++)
                halls.ForEach(hall => samples.Add(hall.Contender.Name, Measure(hall, burst, options.TurnLength)));
        }
        finally
        {
            halls.ForEach(hall => hall.Dispose());
        }
    }

    private static double?[] Measure(Hall hall, int burst, TimeSpan span)
    {
        var allocated = hall.Ask(ServerProgram.Allocated);
        var (cpu, clientsCpu, began) = (hall.ProcessorTime, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        double deliveries = hall.RunClosed(burst, span);
        var (worked, clientsWorked) = (hall.ProcessorTime - cpu, Environment.CpuUsage.TotalTime - clientsCpu);
        var elapsed = Stopwatch.GetElapsedTime(began);
        allocated = hall.Ask(ServerProgram.Allocated) - allocated;
        return
        [
            deliveries / elapsed.TotalSeconds, deliveries / worked.TotalSeconds, allocated / deliveries,
            100 * (clientsWorked / elapsed),
        ];
    }
}
