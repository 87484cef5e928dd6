using System.Diagnostics;
using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>How long answers on other connections take while one client floods the server, or none does.</summary>
/// <param name="P50">In microseconds.</param>
/// <param name="P99">In microseconds.</param>
/// <param name="Flood">Messages per second that left the flooding client.</param>
internal sealed record EchoDelay(double P50, double P99, double Flood)
{
    private const int EchoesPerSecond = 10; // of each connection
    private const int FloodKey = -1;
    private const int LargestBacklog = 100_000; // of messages for which there is no room

    private static readonly Workload Echo = new(MessageKind.Binary, 32, 1, 1);

    /// <summary>Measures.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">The options.</param>
    /// <param name="flood">The flood; null for none.</param>
    /// <param name="rate">Messages per second of the flood; null for as fast as it can.</param>
    public static EchoDelay Measure(ServerProcess server, FloodOptions options, FloodKind? flood, int? rate)
    {
        var latency = new LatencyHistogram { IsOn = true };
        var connections = Enumerable.Range(0, options.Echoes)
            .Select(_ => LoadConnection.Open(server.Port, PlainDialogue.For(Echo), latency)).ToList();
        using var flooder = flood is null ? null : new Flooder(server.Port, flood.Dialogue);
        try
        {
            Run(connections, flooder, options.Span, rate);
        }
        finally
        {
            connections.ForEach(static connection => connection.Dispose());
        }

        return new(latency.Microseconds(0.5), latency.Microseconds(0.99), (flooder?.Sent ?? 0) / options.Span.TotalSeconds);
    }

    private static void Run(List<LoadConnection> connections, Flooder? flooder, TimeSpan span, int? rate)
    {
        using var epoll = new Epoll();
        var buffer = new byte[256 * 1024];
        foreach (var (key, connection) in connections.Index())
            epoll.Watch(connection.Handle, key);

        if (flooder is not null)
            epoll.Watch(flooder.Handle, FloodKey);

        var (began, echoes, flooded) = (Stopwatch.GetTimestamp(), 0L, 0L);
        for (var elapsed = TimeSpan.Zero; elapsed < span; elapsed = Stopwatch.GetElapsedTime(began))
        {
            for (var due = elapsed.TotalSeconds * EchoesPerSecond * connections.Count; echoes < due; echoes++)
                connections[(int)(echoes % connections.Count)].Send(1);

            var floodDue = rate is { } perSecond ? (long)(elapsed.TotalSeconds * perSecond) : long.MaxValue;
            if (flooder is not null)
                flooded += Push(flooder, flooded, floodDue, epoll);

            epoll.Wait(1, Ready);
        }

        void Ready(int key)
        {
            if (key == FloodKey)
                flooder!.Receive(buffer);
            else
                connections[key].Receive(buffer);
        }
    }

    /// <summary>Sends what is due, as far as there is room.</summary>
    /// <returns>How many messages were added.</returns>
    private static long Push(Flooder flooder, long flooded, long due, Epoll epoll)
    {
        var wasBlocked = flooder.IsBlocked;
        var more = Math.Max(0, Math.Min(due, flooder.Sent + LargestBacklog) - flooded);
        flooder.Add(more);
        flooder.Send();
        if (flooder.IsBlocked != wasBlocked)
            epoll.Change(flooder.Handle, flooder.IsBlocked ? Epoll.Readable | Epoll.Writable : Epoll.Readable, FloodKey);

        return more;
    }
}
