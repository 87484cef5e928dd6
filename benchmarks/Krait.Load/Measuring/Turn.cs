using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What one turn of a contender came to.</summary>
/// <param name="Rate">Messages per second.</param>
/// <param name="Cpu">Microseconds of the server's processor time per message.</param>
/// <param name="P50">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
/// <param name="Allocated">Bytes per message, all that the process allocated.</param>
internal sealed record Turn(double Rate, double Cpu, double P50, double P99, double Allocated)
{
    /// <summary>Measures what happens in a span of time.</summary>
    public static Turn Measure(LoadLoop load, ServerProcess server, TimeSpan span)
    {
        foreach (var connection in load.Connections)
            connection.Latency.Clear();

        var allocated = server.Ask(ServerProgram.Allocated);
        var (answers, cpu, began) = (Answers(load), server.ProcessorTime, Stopwatch.GetTimestamp());
        Thread.Sleep(span);
        var messages = Answers(load) - answers;
        var (elapsed, worked) = (Stopwatch.GetElapsedTime(began), server.ProcessorTime - cpu);
        allocated = server.Ask(ServerProgram.Allocated) - allocated;
        if (messages == 0 || load.Error is not null)
            throw new InvalidOperationException($"{server.Contender.Name} answers no more.", load.Error);

        var latency = new LatencyHistogram();
        foreach (var connection in load.Connections)
            connection.Latency.AddTo(latency);

        return new(
            messages / elapsed.TotalSeconds, worked.TotalMicroseconds / messages, latency.Microseconds(0.5), latency.Microseconds(0.99), (double)allocated / messages);
    }

    /// <summary>The median of each figure.</summary>
    public static Turn Median(IReadOnlyCollection<Turn> turns) => new(
        Median(turns.Select(turn => turn.Rate)), Median(turns.Select(turn => turn.Cpu)), Median(turns.Select(turn => turn.P50)), Median(turns.Select(turn => turn.P99)), Median(turns.Select(turn => turn.Allocated)));

    /// <summary>The median of figures.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static long Answers(LoadLoop load) => load.Connections.Sum(connection => connection.Answers);
}
