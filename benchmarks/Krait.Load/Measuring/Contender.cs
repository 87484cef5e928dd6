using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>A server and how its process is started.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Server">Which server.</param>
/// <param name="Tuned">With <c>UseKraitSockets()</c> and inline completions.</param>
internal sealed record Contender(string Name, string Server, bool Tuned = false)
{
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("loop", "loop"),
        new("krait", "krait"),
        new("krait-tuned", "krait", Tuned: true),
        new("signalr", "signalr"),
        new("loop-tuned", "loop", Tuned: true),
        new("pipe", "pipe"),
        new("pipe-tuned", "pipe", Tuned: true),
    ];

    public static IReadOnlyList<Contender> Usual { get; } = [.. All.Take(4)];

    public static Contender Find(string name) =>
        All.FirstOrDefault(contender => contender.Name == name) ?? throw new ArgumentException($"There is no contender '{name}'.", nameof(name));

    /// <summary>How a client talks to it.</summary>
    public Dialogue Talk(Workload workload) => Server == "signalr" ? SignalRDialogue.For(workload) : PlainDialogue.For(workload);
}
