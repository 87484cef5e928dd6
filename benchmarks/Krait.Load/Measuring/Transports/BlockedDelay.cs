using System.Diagnostics;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>How long answers take on connections next to one whose handler blocks.</summary>
/// <param name="P50">In microseconds.</param>
/// <param name="P99">In microseconds.</param>
/// <param name="Max">In microseconds.</param>
/// <param name="Blocks">How often the handler has blocked in a second.</param>
internal sealed record BlockedDelay(double P50, double P99, double Max, double Blocks)
{
    private const int EchoesPerSecond = 10; // of each connection; due at their time, however late the answers are
    private const int BlockerKey = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly PlainDialogue Echo = PlainDialogue.For(new(MessageKind.Binary, 32, 1, 1));

    /// <summary>Measures.</summary>
    /// <param name="server">The server.</param>
    /// <param name="others">How many connections echo.</param>
    /// <param name="span">How long messages are sent; all their answers are waited for.</param>
    /// <exception cref="TimeoutException">An answer does not come.</exception>
    public static BlockedDelay Measure(ServerProcess server, int others, TimeSpan span)
    {
        var latency = new LatencyHistogram { IsOn = true };
        var connections = Enumerable.Range(0, others).Select(_ => LoadConnection.Open(server.Port, Echo, latency)).ToList();
        using var blocker = LoadConnection.Open(server.Port, Echo with { Path = BlockingController.Route }, new());
        try
        {
            var blocks = Run(connections, blocker, span);
            return new(latency.Microseconds(0.5), latency.Microseconds(0.99), latency.Microseconds(1), blocks);
        }
        finally
        {
            connections.ForEach(static connection => connection.Dispose());
        }
    }

    private static double Run(List<LoadConnection> connections, LoadConnection blocker, TimeSpan span)
    {
        using var epoll = new Epoll();
        var buffer = new byte[64 * 1024];
        epoll.Watch(blocker.Handle, BlockerKey);
        foreach (var (key, connection) in connections.Index())
            epoll.Watch(connection.Handle, key);

        blocker.Send(1);
        var (began, echoes, blocks, elapsed) = (Stopwatch.GetTimestamp(), 0L, 0L, TimeSpan.Zero);
        for (; elapsed < span || connections.Exists(static one => one.InFlight > 0); elapsed = Stopwatch.GetElapsedTime(began))
        {
            for (var due = Math.Min(elapsed / span, 1) * span.TotalSeconds * EchoesPerSecond * connections.Count; echoes < due; echoes++)
                connections[(int)(echoes % connections.Count)].Send(1);

            epoll.Wait(1, Ready);
            if (elapsed > span + Patience)
                throw new TimeoutException("The server does not answer.");
        }

        return blocks / elapsed.TotalSeconds;

        void Ready(int key)
        {
            var answers = (key == BlockerKey ? blocker : connections[key]).Receive(buffer);
            if (key != BlockerKey)
                return;

            blocks += answers;
            blocker.Send(answers);
        }
    }
}
