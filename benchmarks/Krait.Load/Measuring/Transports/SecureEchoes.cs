using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>The row <c>tls</c>: echoes over wss.</summary>
internal static class SecureEchoes
{
    private static readonly Workload Echo = new(MessageKind.Binary, 32, 64, 16);

    public static Table Measure(TransportOptions options) => TransportTurns.Measure(
        $"TLS: {Echo}",
        "message",
        TransportContenders.Of("krait", Server.Tls),
        static server => new SecureLoad(server.Port, PlainDialogue.For(Echo), Echo),
        options);
}
