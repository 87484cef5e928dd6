using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Krait.Transport;

/// <summary>Recognizes requests to upgrade and turns accepted ones into transports.</summary>
internal static class TransportHandshake
{
    private const string WebSocket = "websocket";

    /// <summary>Says whether, and on what, the request asks for a WebSocket; its key and version are not looked at.</summary>
    /// <remarks>Needs no <c>UseWebSockets()</c>, and is not changed by it.</remarks>
    public static UpgradeCarrier CarrierOf(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return string.Equals(connect.Protocol, WebSocket, StringComparison.OrdinalIgnoreCase) ? UpgradeCarrier.Http2 : UpgradeCarrier.None;

        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
            return IsWebSocketUpgrade(context.Request) ? UpgradeCarrier.Http1 : UpgradeCarrier.None;

        return features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true } ? UpgradeCarrier.WebSocketFeature : UpgradeCarrier.None;
    }

    /// <summary>Accepts: sends the 101 (or 200 to an extended CONNECT) with the agreed subprotocol, and returns the transport.</summary>
    /// <exception cref="UpgradeLimitException">The server's own limit on upgraded connections is reached; nothing was sent.</exception>
    public static ValueTask<MessageTransport> AcceptAsync(HttpContext context, string? protocol, TransportOptions options) => throw new NotImplementedException();

    // The server looks at the Connection header before it calls a request upgradable; the protocol and the HTTP version are left to us.
    private static bool IsWebSocketUpgrade(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && HttpProtocol.IsHttp11(request.Protocol) && HasToken(request.Headers.Upgrade, WebSocket);

    private static bool HasToken(StringValues header, string token)
    {
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan(range).Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}

/// <summary>The server takes no more upgraded connections.</summary>
internal sealed class UpgradeLimitException(Exception inner) : Exception(inner.Message, inner);
