using Krait.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>The checks that every request must pass before any code of the controller runs.</summary>
/// <param name="origins">Which pages may connect.</param>
/// <param name="protocols">The controller's subprotocols, best first.</param>
/// <param name="protocolRequired">Whether a client must offer one of them.</param>
internal sealed class UpgradeGate(OriginPolicy origins, IReadOnlyList<string> protocols, bool protocolRequired)
{
    /// <summary>Returns why the request is refused, or null and the negotiated subprotocol, if there is one.</summary>
    public UpgradeRefusal? Check(UpgradeRequest request, out string? protocol)
    {
        protocol = null;
        return HandshakeValidation.Check(request.HttpContext)
            ?? origins.Check(request.HttpContext.Request)
            ?? Negotiate(request, out protocol);
    }

    private UpgradeRefusal? Negotiate(UpgradeRequest request, out string? protocol)
    {
        protocol = SubprotocolNegotiation.Choose(protocols, request.Protocols);
        return protocol is null && protocolRequired && protocols.Count > 0
            ? new(
                StatusCodes.Status400BadRequest,
                $"The client offers none of the subprotocols that are spoken here: {string.Join(", ", protocols)}.")
            {
                Reason = RefusalReason.Protocol,
            }
            : null;
    }
}
