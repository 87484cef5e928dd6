using System.Diagnostics;
using Krait.Load.Measuring;

namespace Krait.Load.Driving;

/// <summary>The closed loop of one workload against one server.</summary>
internal sealed class LoadRun : IDisposable
{
    private readonly List<LoadConnection> _connections = [];

    private LoadRun()
    {
    }

    /// <summary>Connects, and starts all loops at once.</summary>
    public static async Task<LoadRun> StartAsync(int port, Dialogue dialogue, Workload workload)
    {
        var run = new LoadRun();
        for (var i = 0; i < workload.Connections; i++)
            run._connections.Add(await LoadConnection.OpenAsync(port, dialogue, workload.InFlight));

        foreach (var connection in run._connections)
            connection.Start();

        return run;
    }

    /// <summary>Measures what happens in a span of time.</summary>
    public async Task<Turn> MeasureAsync(ServerProcess server, TimeSpan span)
    {
        foreach (var connection in _connections)
            connection.Latency.Clear();

        var allocated = server.Ask(Serving.ServerProgram.Allocated);
        var (answers, cpu, began) = (Answers, server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(span);
        var messages = Answers - answers;
        var (elapsed, worked) = (Stopwatch.GetElapsedTime(began), server.ProcessorTime - cpu);
        allocated = server.Ask(Serving.ServerProgram.Allocated) - allocated;
        if (_connections.Find(connection => connection.Error is not null)?.Error is { } error)
            throw new InvalidOperationException($"A connection to {server.Contender.Name} broke.", error);

        if (messages == 0)
            throw new InvalidOperationException($"{server.Contender.Name} answered nothing.");

        var latency = new LatencyHistogram();
        foreach (var connection in _connections)
            connection.Latency.AddTo(latency);

        return new(
            messages / elapsed.TotalSeconds, worked.TotalMicroseconds / messages, latency.Microseconds(0.5), latency.Microseconds(0.99), (double)allocated / messages);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private long Answers => _connections.Sum(connection => connection.Answers);
}
