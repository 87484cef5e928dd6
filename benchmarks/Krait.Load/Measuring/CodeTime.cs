using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;
using Microsoft.AspNetCore.Connections;

namespace Krait.Load.Measuring;

/// <summary>Measures what the servers' own code takes, Kestrel's included: one connection on a transport in memory, all on one thread.</summary>
/// <remarks>What the kernel and the change of threads cost comes on top, and is the same for all; this is what a server can do something about.</remarks>
internal static class CodeTime
{
    private const int Batches = 2000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Servers = ["loop", "krait", "pipe"];

    public static async Task RunAsync(Options options)
    {
        foreach (var workload in options.Workloads.Where(workload => workload.Kind != MessageKind.Text && workload.Size <= 125))
            Console.WriteLine(await CompareAsync(workload, options));
    }

    private static async Task<Table> CompareAsync(Workload workload, Options options)
    {
        var apps = new List<WebApplication>();
        var contenders = new List<(string Name, MemoryClient Client, List<double> Turns)>();
        try
        {
            foreach (var name in Servers)
            {
                var transport = new MemoryTransport();
                var app = ServerProgram.Build(name, builder => builder.Services.AddSingleton<IConnectionListenerFactory>(transport));
                apps.Add(app);
                await app.StartAsync();
                contenders.Add((name, await MemoryClient.OpenAsync(transport, PlainDialogue.For(workload), workload.InFlight), []));
            }

            for (var warmUp = new WarmUp(options.WarmUp, () => [ServerProgram.CompiledMethods]); !warmUp.IsOver; warmUp.EndRound())
            {
                foreach (var (_, client, _) in contenders)
                    await RunWithPausesAsync(client, warmUp.Slice);
            }

            for (var turn = 0; turn < options.Starts * options.Turns; turn++)
            {
                foreach (var (_, client, turns) in contenders)
                    turns.Add(await MeasureAsync(client) / workload.InFlight);
            }

            return Table(workload, contenders.ConvertAll(contender => (contender.Name, contender.Turns)));
        }
        finally
        {
            contenders.ForEach(contender => contender.Client.Dispose());
            foreach (var app in apps)
                await app.DisposeAsync();
        }
    }

    // In the pauses the compiler does its work.
    private static async Task RunWithPausesAsync(MemoryClient client, TimeSpan span)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < span;)
        {
            await client.RunAsync(Batches);
            await Task.Delay(Pause);
        }
    }

    private static async Task<double> MeasureAsync(MemoryClient client)
    {
        var began = Stopwatch.GetTimestamp();
        await client.RunAsync(Batches);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Batches;
    }

    private static Table Table(Workload workload, List<(string Name, List<double> Turns)> contenders)
    {
        var loop = contenders[0].Turns;
        var table = new Table($"{workload.Kind}, {workload.InFlight} in a read, no sockets", "ns/message", "x loop");
        foreach (var (name, turns) in contenders)
            table.Add(name, Figures.Format("N0", Figures.Median(turns)), Figures.Format("N2", Figures.Median(turns.Zip(loop, (own, others) => others / own))));

        return table;
    }
}
