using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>A server with rooms, or what it has in their place.</summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Server">Which server.</param>
/// <param name="Sockets">How it reads from its sockets.</param>
internal sealed record BroadcastContender(string Name, string Server, SocketMode Sockets = SocketMode.Plain)
{
    public const string SignalR = "signalr";
    public const string SignalRUnawaited = "signalr-unawaited";

    public static IReadOnlyList<BroadcastContender> All { get; } =
    [
        new("krait", "rooms"),
        new(SignalR, "groups"),
        new(SignalRUnawaited, "groups-unawaited"),
        new("naive", "naive"),
        new("loop", "channels"),
        new("krait-tuned", "rooms", SocketMode.Tuned),
        new("krait-sockets", "rooms", SocketMode.Krait),
        new("krait-fresh", "rooms-fresh"),
        new("krait-history", "rooms-history"),
    ];

    /// <summary>Whether it has rooms, of which a connection can be in any number.</summary>
    public bool HasRooms => IsKrait || IsSignalR;

    /// <summary>Whether it has rooms of Krait's.</summary>
    public bool IsKrait => Server.StartsWith("rooms", StringComparison.Ordinal);

    private bool IsSignalR => Server.StartsWith("groups", StringComparison.Ordinal);

    /// <exception cref="FormatException">There is no such contender.</exception>
    public static BroadcastContender Find(string name) =>
        All.FirstOrDefault(contender => contender.Name == name) ?? throw new FormatException($"There is no contender '{name}'.");

    public ServerProcess Start() => ServerProcess.Start(new(Name, Server, Sockets));

    /// <summary>How a client takes a seat: see <see cref="Serving.Seats"/>.</summary>
    public Dialogue Take(string seat) => IsSignalR ? SignalRDialogue.Listening(seat) : PlainDialogue.Listening(seat);
}
