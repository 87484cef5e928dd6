using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Measures what a server does with many idle connections and some busy ones.</summary>
internal static class Crowding
{
    public static void Run(CrowdOptions options)
    {
        Console.WriteLine(Pinning.Says);
        Console.WriteLine();
        var table = new Table(
            $"{options.Idle:N0} idle connections, {options.Busy:N0} that send 32 B each second, {options.Span.TotalSeconds:N0} s",
            "messages", "lost", "wanted", "idle closed", "wanted", "busy closed",
            "p50 us", "p99 us", "working set/connection", "managed/connection", "CPU s");
        foreach (var contender in CrowdContender.All)
            Measure(table, contender, options);

        Console.WriteLine(table);
    }

    private static void Measure(Table table, CrowdContender contender, CrowdOptions options)
    {
        Console.Error.WriteLine(contender.Name);
        using var server = ServerProcess.Start(new(contender.Name, contender.Server));
        using var first = new CrowdRun(server.Port, contender, CrowdOptions.Parse(["--idle", "0", "--busy", "1"]));
        first.Run(TimeSpan.FromSeconds(1)); // has made what is made once
        var (managed, resident) = (server.Ask(ServerProgram.Memory), server.Ask(ServerProgram.Resident));
        var cpu = server.ProcessorTime;
        using var crowd = new CrowdRun(server.Port, contender, options);
        crowd.Run(options.Span);
        var worked = server.ProcessorTime - cpu;
        var connections = options.Idle + options.Busy;
        managed = (server.Ask(ServerProgram.Memory) - managed) / connections;
        resident = (server.Ask(ServerProgram.Resident) - resident) / connections;
        table.Add(
            contender.Name,
            Figures.Format("N0", crowd.Sent),
            Figures.Format("N0", crowd.Sent - crowd.Answered),
            "0",
            Figures.Format("N0", crowd.IdleEnded),
            "0",
            Figures.Format("N0", crowd.BusyEnded),
            Figures.Format("N0", crowd.Latency.Microseconds(0.5)),
            Figures.Format("N0", crowd.Latency.Microseconds(0.99)),
            Figures.Format("N0", resident),
            Figures.Format("N0", managed),
            Figures.Format("N1", worked.TotalSeconds));
        Console.Error.WriteLine($"{contender.Name}: at most {server.PeakWorkingSet >> 20} MiB");
    }
}
