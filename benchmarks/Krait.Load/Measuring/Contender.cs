using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>A server and how its process is started.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Server">Which server.</param>
/// <param name="Sockets">How it reads from its sockets.</param>
/// <param name="Program">The load program that has the server, if it was built elsewhere.</param>
/// <param name="Loops">Threads of Krait.Sockets; null for its default.</param>
/// <param name="IsPinned">Whether it has one processor, which is not that of the load; else it runs wherever the calling thread may.</param>
internal sealed record Contender(
    string Name,
    string Server,
    SocketMode Sockets = SocketMode.Plain,
    string? Program = null,
    int? Loops = null,
    bool IsPinned = true)
{
    private const string TunedSuffix = "-tuned";
    private const string SocketsSuffix = "-sockets";

    public static IReadOnlyList<Contender> All { get; } =
    [
        new("loop", "loop"),
        new("krait", "krait"),
        new("krait-tuned", "krait", SocketMode.Tuned),
        new("signalr", "signalr"),
        new("krait-sockets", "krait", SocketMode.Krait),
        new("loop-tuned", "loop", SocketMode.Tuned),
        new("pipe", "pipe"),
        new("pipe-tuned", "pipe", SocketMode.Tuned),
        new("krait-metered", "krait-metered"),
        new("krait-traced", "krait-traced"),
        new("krait-propagated", "krait-propagated"),
    ];

    public static IReadOnlyList<Contender> Usual { get; } = [.. All.Take(4)];

    public static Contender Find(string name) =>
        All.FirstOrDefault(contender => contender.Name == name) ?? throw new ArgumentException($"There is no contender '{name}'.", nameof(name));

    /// <summary>Reads <c>name=path</c>: the Krait server of a load program that was built elsewhere, with the sockets that the name ends in.</summary>
    /// <exception cref="FormatException">The text has no name, or no path, or there is no such file.</exception>
    public static Contender Elsewhere(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } program])
            throw new FormatException($"'{text}' is no contender; write name=path of a Krait.Load.dll.");

        if (!File.Exists(program))
            throw new FormatException($"There is no file '{program}'.");

        return new(name, "krait", SocketsOf(name), program);
    }

    private static SocketMode SocketsOf(string name) =>
        name.EndsWith(TunedSuffix, StringComparison.Ordinal) ? SocketMode.Tuned
        : name.EndsWith(SocketsSuffix, StringComparison.Ordinal) ? SocketMode.Krait
        : SocketMode.Plain;

    /// <summary>How a client talks to it.</summary>
    public Dialogue Talk(Workload workload) => Server == "signalr" ? SignalRDialogue.For(workload) : PlainDialogue.For(workload);
}
