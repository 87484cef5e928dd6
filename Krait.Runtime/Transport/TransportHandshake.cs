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
    /// <param name="context">A request that has a carrier and was not answered yet. Response headers and cookies that were set go out with the answer.</param>
    /// <param name="protocol">The subprotocol, which the client offered, or null.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="UpgradeLimitException">The server's own limit on upgraded connections is reached; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The request has no carrier, or was answered already.</exception>
    public static async ValueTask<MessageTransport> AcceptAsync(HttpContext context, string? protocol, TransportOptions options)
    {
        if (context.Response.HasStarted)
            throw new InvalidOperationException("The response has started: it is too late for an upgrade.");

        RequestLimits.Lift(context.Features);
        var stream = CarrierOf(context) switch
        {
            UpgradeCarrier.Http1 => await UpgradeAsync(context, protocol).ConfigureAwait(false),
            UpgradeCarrier.Http2 => await ConnectAsync(context, protocol).ConfigureAwait(false),
            _ => throw new InvalidOperationException("The request asks for no WebSocket."),
        };
        return new FrameTransport(stream, context.Abort, options);
    }

    private static async Task<Stream> UpgradeAsync(HttpContext context, string? protocol)
    {
        UpgradeResponse.SetSwitchingProtocols(context.Response.Headers, context.Request.Headers, protocol);
        try
        {
            return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (IsLimit(e, context))
        {
            throw Refused(e, context);
        }
    }

    private static async Task<Stream> ConnectAsync(HttpContext context, string? protocol)
    {
        UpgradeResponse.SetProtocol(context.Response.Headers, protocol);
        try
        {
            return await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (IsLimit(e, context))
        {
            throw Refused(e, context);
        }
    }

    // Servers have no exception of its own for this; what else could make the call invalid was checked before. An aborted response is "disposed".
    private static bool IsLimit(InvalidOperationException e, HttpContext context) =>
        e is not ObjectDisposedException && !context.Response.HasStarted;

    private static UpgradeLimitException Refused(InvalidOperationException e, HttpContext context)
    {
        UpgradeResponse.Clear(context.Response.Headers);
        return new(e);
    }

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
