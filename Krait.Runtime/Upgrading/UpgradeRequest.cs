using Krait.Upgrading;
using Microsoft.AspNetCore.Http;

namespace Krait;

/// <summary>A request to become a WebSocket connection.</summary>
public sealed class UpgradeRequest
{
    private HttpContext? _httpContext;

    internal UpgradeRequest(HttpContext httpContext)
    {
        _httpContext = httpContext;
        Protocols = ExtractProtocols(httpContext.Request);
    }

    /// <summary>The HTTP request that asks for the upgrade. It lives as long as the connection.</summary>
    /// <remarks>
    /// If you need headers or route values later, copy them in [OnOpen]. After the connection, the server uses the same object
    /// for other requests.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The connection has ended.</exception>
    public HttpContext HttpContext => Volatile.Read(ref _httpContext) ?? throw new InvalidOperationException(
        "The request is over: its connection has ended, and the server may use the same HttpContext for another client. "
        + "Copy what you need later in [OnOpen].");

    /// <summary>The subprotocols that the client offers, in its order; empty if it offers none.</summary>
    public IReadOnlyList<string> Protocols { get; }

    /// <summary>When the request came to its controller, by the server's clock. It was authenticated just before.</summary>
    internal DateTimeOffset Began { get; init; }

    /// <summary>The slot of the request for <see cref="MaxConnectionsAttribute"/>; null if it takes none.</summary>
    internal ConnectionSlot? Slot { get; set; }

    /// <summary>
    /// Reads the offered subprotocols from the <c>Sec-WebSocket-Protocol</c> headers (RFC 6455, section 11.3.4).
    /// </summary>
    /// <remarks>There may be one header or several, with any spacing. A name that is not a token is left out.</remarks>
    /// <returns>
    /// The protocols in the client's order; empty if there are none, or if the request does not ask for a WebSocket.
    /// </returns>
    public static IReadOnlyList<string> ExtractProtocols(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.SecWebSocketProtocol;
        return header.Count > 0 && AsksForWebSocket(request) ? HeaderList.Tokens(header) : [];
    }

    /// <summary>Call this when the connection has ended: the server will use the object of the request for another one.</summary>
    internal void End() => Volatile.Write(ref _httpContext, null);

    // Reads only the headers, so that a test can construct a request without the features of a server.
    private static bool AsksForWebSocket(HttpRequest request) =>
        OpeningHandshake.CarrierOf(request.HttpContext) != UpgradeCarrier.None
        || (HttpMethods.IsGet(request.Method)
            && (request.Protocol.Length == 0 || HttpProtocol.IsHttp11(request.Protocol))
            && HeaderList.Contains(request.Headers.Connection, "upgrade")
            && HeaderList.Contains(request.Headers.Upgrade, "websocket"));
}
