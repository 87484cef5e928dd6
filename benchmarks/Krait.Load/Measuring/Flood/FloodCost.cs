using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What a flood costs the server.</summary>
/// <param name="Cpu">Processor time of the server process.</param>
/// <param name="Elapsed">Until the server had read everything, or the time was over.</param>
/// <param name="Allocated">Bytes, all that the process allocated.</param>
/// <param name="Sent">Messages that left the client.</param>
/// <param name="Answers">Messages that came back.</param>
internal sealed record FloodCost(TimeSpan Cpu, TimeSpan Elapsed, long Allocated, long Sent, long Answers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Bytes for each message that did not come back.</summary>
    public double AllocatedPerRefused => (double)Allocated / (Sent - Answers);

    /// <summary>Floods the server from one connection.</summary>
    /// <param name="server">The server.</param>
    /// <param name="kind">The flood.</param>
    /// <param name="messages">How many messages.</param>
    /// <param name="limit">When to stop, at the latest.</param>
    /// <exception cref="TimeoutException">The server has not read everything.</exception>
    public static FloodCost Measure(ServerProcess server, FloodKind kind, int messages, TimeSpan? limit = null)
    {
        using var flooder = new Flooder(server.Port, kind.Dialogue);
        var allocated = server.Ask(ServerProgram.Allocated);
        var (cpu, began) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        flooder.Add(messages);
        flooder.AddPing();
        Flow(flooder, limit ?? Patience, began);
        var (worked, elapsed) = (server.ProcessorTime - cpu, Stopwatch.GetElapsedTime(began));
        if (limit is null && !flooder.HasPong && !flooder.HasEnded)
            throw new TimeoutException($"The server has not read the flood: {kind.Name}.");

        return new(worked, elapsed, server.Ask(ServerProgram.Allocated) - allocated, flooder.Sent, flooder.Answers);
    }

    private static void Flow(Flooder flooder, TimeSpan limit, long began)
    {
        using var epoll = new Epoll();
        var buffer = new byte[256 * 1024];
        epoll.Watch(flooder.Handle, key: 0);
        var wasBlocked = false;
        while (!flooder.HasPong && !flooder.HasEnded && Stopwatch.GetElapsedTime(began) < limit)
        {
            flooder.Send();
            if (flooder.IsBlocked != wasBlocked)
                epoll.Change(flooder.Handle, flooder.IsBlocked ? Epoll.Readable | Epoll.Writable : Epoll.Readable, key: 0);

            wasBlocked = flooder.IsBlocked;
            epoll.Wait(1, _ => flooder.Receive(buffer));
        }
    }
}
