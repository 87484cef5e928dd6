using Krait.CompilerServices;
using Krait.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>Refuses requests of clients that have as many connections to a controller as they may have.</summary>
internal sealed class ConnectionCaps(Type controller, IReadOnlyList<ConnectionLimit> limits, ConnectionSlots slots)
{
    /// <summary>Takes the slots of a request, or returns the refusal.</summary>
    public UpgradeRefusal? Take(HttpContext context, out ConnectionSlot? slot) =>
        slots.Take(controller, limits, context, out slot) is { } full ? Refusal(full) : null;

    // Without Retry-After, because only the client knows when it closes one of its connections.
    private static UpgradeRefusal Refusal(ConnectionLimit limit) => new(
        StatusCodes.Status429TooManyRequests,
        $"There are already {limit.Connections} connections of this {(limit.Per == Partition.User ? "user" : "address")}, "
        + "the maximum. Close one of them first.")
    {
        Reason = RefusalReason.ConnectionLimit,
    };
}
