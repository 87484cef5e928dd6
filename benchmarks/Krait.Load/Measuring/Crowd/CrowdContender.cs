using System.Net;
using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>A server with its usual pings, and clients that keep it content.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="Server">Which server.</param>
/// <param name="Dialogue">What clients say.</param>
/// <param name="Ping">What an idle client must send now and then; null if it only answers pings.</param>
internal sealed record CrowdContender(string Name, string Server, Dialogue Dialogue, byte[]? Ping = null)
{
    private const int ConnectionsOfAddress = 5000; // well below the number of ports that the kernel gives out

    private static readonly Workload Small = new(MessageKind.Binary, 32, 1, 1);

    public static IReadOnlyList<CrowdContender> All { get; } =
    [
        new("krait", "krait", PlainDialogue.For(Small)),
        new("signalr", "signalr-pings", SignalRDialogue.For(Small), SignalRDialogue.Ping),
    ];

    /// <summary>What so many clients say, from several addresses of the loopback interface.</summary>
    public IEnumerable<Dialogue> Clients(int count) => Enumerable.Range(0, count)
        .Select(i => Dialogue with { From = new IPAddress([127, 0, 0, (byte)(2 + (i / ConnectionsOfAddress))]) });
}
