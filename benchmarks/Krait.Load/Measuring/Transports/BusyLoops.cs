using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>The row <c>loops</c>: what a second loop gains when server and load share the processors.</summary>
internal static class BusyLoops
{
    private static readonly Contender[] Contenders =
    [
        new("krait", "krait", IsPinned: false),
        new("krait-tuned", "krait", SocketMode.Tuned, IsPinned: false),
        new("krait-sockets, 1 loop", "krait", SocketMode.Krait, Loops: 1, IsPinned: false),
        new("krait-sockets, 2 loops", "krait", SocketMode.Krait, Loops: 2, IsPinned: false),
    ];

    public static Table Measure(TransportOptions options)
    {
        var echo = new Workload(MessageKind.Binary, 32, options.Busy, 1);
        var dialogue = PlainDialogue.For(echo);
        using var unpinned = new Unpinned();
        return TransportTurns.Measure(
            $"Not pinned: {echo}",
            "message",
            Contenders,
            server => new LoadLoop(server.Port, dialogue, echo, spins: false),
            options);
    }
}
