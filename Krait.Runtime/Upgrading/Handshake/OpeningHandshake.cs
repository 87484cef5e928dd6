using System.Net.WebSockets;
using Krait.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Upgrading;

/// <summary>Recognizes requests to upgrade and turns accepted ones into transports.</summary>
internal static class OpeningHandshake
{
    /// <summary>The name of the protocol in <c>Upgrade</c> and in <c>:protocol</c>.</summary>
    public const string Protocol = "websocket";

    /// <summary>Whether the request asks for a WebSocket, and how it is carried. Does not check its key and version.</summary>
    /// <remarks>Needs no <c>UseWebSockets()</c>, and is not changed by it.</remarks>
    public static UpgradeCarrier CarrierOf(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
            return string.Equals(connect.Protocol, Protocol, StringComparison.OrdinalIgnoreCase)
                ? UpgradeCarrier.Http2
                : UpgradeCarrier.None;

        if (features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true })
            return IsWebSocketUpgrade(context.Request) ? UpgradeCarrier.Http1 : UpgradeCarrier.None;

        return features.Get<IHttpWebSocketFeature>() is { IsWebSocketRequest: true }
            ? UpgradeCarrier.WebSocketFeature
            : UpgradeCarrier.None;
    }

    /// <summary>Says whether an HTTP/1.1 request asks for a WebSocket with another method than GET.</summary>
    public static bool HasWrongMethod(HttpRequest request) =>
        HttpProtocol.IsHttp11(request.Protocol) && !HttpMethods.IsGet(request.Method)
        && HeaderList.Contains(request.Headers.Connection, "upgrade") && HeaderList.Contains(request.Headers.Upgrade, Protocol);

    /// <summary>
    /// Accepts: sends the 101 (or 200 to an extended CONNECT) with the agreed subprotocol, and returns the transport.
    /// </summary>
    /// <param name="context">
    /// A request that has a carrier and was not answered yet. Response headers and cookies that were set go out with the answer.
    /// </param>
    /// <param name="protocol">The subprotocol, which the client offered, or null.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="UpgradeLimitException">
    /// The server's own limit on upgraded connections is reached; nothing was sent.
    /// </exception>
    /// <exception cref="InvalidOperationException">The request has no carrier, or was answered already.</exception>
    public static async ValueTask<MessageTransport> AcceptAsync(HttpContext context, string? protocol, TransportOptions options)
    {
        if (context.Response.HasStarted)
            throw new InvalidOperationException("The response has started: it is too late for an upgrade.");

        RequestLimits.Lift(context.Features);
        var carrier = CarrierOf(context);
        if (carrier == UpgradeCarrier.None)
            throw new InvalidOperationException("The request does not ask for a WebSocket.");

        try
        {
            return await AcceptAsync(context, carrier, protocol, options).ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (IsLimit(e, context))
        {
            UpgradeResponse.Clear(context.Response.Headers);
            throw new UpgradeLimitException(e);
        }
    }

    private static async Task<MessageTransport> AcceptAsync(
        HttpContext context, UpgradeCarrier carrier, string? protocol, TransportOptions options)
    {
        if (carrier == UpgradeCarrier.WebSocketFeature)
            return await AcceptWebSocketAsync(context, protocol, options).ConfigureAwait(false);

        var features = context.Features;
        var headers = context.Response.Headers;
        var deflate = options is { Compression: true, PreferWebSocket: false }
            ? DeflateNegotiation.Agree(context.Request.Headers.SecWebSocketExtensions)
            : null;
        if (deflate is not null)
            headers.SecWebSocketExtensions = DeflateNegotiation.Answer(deflate);

        if (carrier == UpgradeCarrier.Http2)
        {
            UpgradeResponse.SetProtocol(headers, protocol);
            var connect = features.GetRequiredFeature<IHttpExtendedConnectFeature>();
            return OnStream(await connect.AcceptAsync().ConfigureAwait(false), context, options, deflate);
        }

        UpgradeResponse.SetSwitchingProtocols(headers, context.Request.Headers, protocol);
        var pipes = KestrelPipes.Find(features);
        var upgrade = features.GetRequiredFeature<IHttpUpgradeFeature>();
        return OnStream(await upgrade.UpgradeAsync().ConfigureAwait(false), context, options, deflate, pipes);
    }

    private static async Task<MessageTransport> AcceptWebSocketAsync(
        HttpContext context, string? protocol, TransportOptions options)
    {
        var request = new WebSocketAcceptContext
        {
            SubProtocol = protocol,
            KeepAliveInterval = options.KeepAliveInterval,
            KeepAliveTimeout = Timeout.InfiniteTimeSpan,
            DangerousEnableCompression = options.Compression,
        };
        var server = context.Features.GetRequiredFeature<IHttpWebSocketFeature>();
        return OnWebSocket(await server.AcceptAsync(request).ConfigureAwait(false), context, options);
    }

    private static MessageTransport OnStream(
        Stream stream,
        HttpContext context,
        TransportOptions options,
        WebSocketDeflateOptions? deflate,
        KestrelPipes pipes = default)
    {
        if (!options.PreferWebSocket)
            return new FrameTransport(stream, context.Abort, options, pipes, deflate, context.RequestAborted);

        var creation = new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = options.KeepAliveInterval,
            KeepAliveTimeout = Timeout.InfiniteTimeSpan,
        };
        return OnWebSocket(WebSocket.CreateFromStream(stream, creation), context, options);
    }

    private static WebSocketTransport OnWebSocket(WebSocket webSocket, HttpContext context, TransportOptions options)
    {
        return new(webSocket, Abort, options);

        void Abort()
        {
            webSocket.Abort();
            context.Abort();
        }
    }

    // Servers have no exception type for this limit. All other reasons for this exception were checked before, but an aborted
    // response is "disposed".
    private static bool IsLimit(InvalidOperationException e, HttpContext context) =>
        e is not ObjectDisposedException && !context.Response.HasStarted;

    // The server looks at the Connection header only; method, HTTP version and protocol remain to be checked.
    private static bool IsWebSocketUpgrade(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
            && HttpProtocol.IsHttp11(request.Protocol)
            && HeaderList.Contains(request.Headers.Upgrade, Protocol);
}

/// <summary>The server accepts no more upgraded connections.</summary>
internal sealed class UpgradeLimitException(Exception inner) : Exception(inner.Message, inner);
