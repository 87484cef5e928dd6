using Microsoft.AspNetCore.Http;

namespace Krait;

/// <summary>A request to become a WebSocket connection.</summary>
public sealed class UpgradeRequest
{
    internal UpgradeRequest(HttpContext httpContext)
    {
        HttpContext = httpContext;
        Protocols = ExtractProtocols(httpContext.Request);
    }

    /// <summary>The HTTP request and what will answer it.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The subprotocols that the client offers, in its order; empty if it offers none.</summary>
    public IReadOnlyList<string> Protocols { get; }

    /// <summary>Reads the offered subprotocols from the <c>Sec-WebSocket-Protocol</c> headers (RFC 6455, section 11.3.4).</summary>
    /// <returns>The protocols in the client's order; empty if there are none or the request asks for no WebSocket.</returns>
    public static IReadOnlyList<string> ExtractProtocols(HttpRequest request) => throw new NotImplementedException();
}
