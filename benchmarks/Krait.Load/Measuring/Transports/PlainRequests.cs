using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>The row <c>http</c>: small requests, one at a time on each connection, and pipelined.</summary>
internal static class PlainRequests
{
    private const int Connections = 64;

    private static readonly int[] Depths = [1, 16];

    public static IEnumerable<Table> Measure(TransportOptions options) => Depths.Select(depth => TransportTurns.Measure(
        $"GET, {Connections} connections x {depth} in flight",
        "request",
        TransportContenders.Of("kestrel", Server.Http),
        server => new LoadLoop(
            server.Port,
            HttpDialogue.Learn(server.Port, HttpServer.Path, HttpServer.Body),
            new(MessageKind.Text, HttpServer.Body.Length, Connections, depth),
            spins: false),
        options));
}
