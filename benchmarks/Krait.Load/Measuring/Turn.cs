using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What one turn of a contender came to.</summary>
/// <param name="Rate">Messages per second.</param>
/// <param name="Cpu">Microseconds of the server's processor time per message.</param>
/// <param name="Allocated">Bytes per message, all that the process allocated.</param>
internal sealed record Turn(double Rate, double Cpu, double Allocated)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Lets the load flow, measures for a span of time, and lets it rest.</summary>
    /// <param name="load">The load.</param>
    /// <param name="server">Whom it loads.</param>
    /// <param name="settling">How long it flows before it is measured.</param>
    /// <param name="span">How long it is measured.</param>
    /// <exception cref="InvalidOperationException">No answer came.</exception>
    public static Turn Measure(ILoad load, ServerProcess server, TimeSpan settling, TimeSpan span)
    {
        var (answersBefore, allocated) = (load.Answers, server.Ask(ServerProgram.Allocated));
        load.Run(settling);
        load.Latency?.IsOn = true;
        var (answers, cpu, began) = (load.Answers, server.ProcessorTime, Stopwatch.GetTimestamp());

        // A turn in which no answer came, since each takes longer, lasts until there is one.
        do
            load.Run(span);
        while (load.Answers == answers && Stopwatch.GetElapsedTime(began) < Patience);

        var (messages, worked, elapsed) = (load.Answers - answers, server.ProcessorTime - cpu, Stopwatch.GetElapsedTime(began));
        load.Latency?.IsOn = false;
        load.Rest();
        allocated = server.Ask(ServerProgram.Allocated) - allocated;
        return messages > 0
            ? new(messages / elapsed.TotalSeconds, worked.TotalMicroseconds / messages, (double)allocated / (load.Answers - answersBefore))
            : throw new InvalidOperationException($"{server.Contender.Name} answers no more.");
    }
}
