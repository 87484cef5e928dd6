using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Upgrading;

/// <summary>The headers of the answer to an opening handshake.</summary>
internal static class UpgradeResponse
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>
    /// Sets the headers of the 101 (RFC 6455, section 4.2.2); the server itself adds <c>Connection: Upgrade</c>.
    /// </summary>
    public static void SetSwitchingProtocols(IHeaderDictionary response, IHeaderDictionary request, string? protocol)
    {
        response.Upgrade = OpeningHandshake.Protocol;
        response.SecWebSocketAccept = AcceptOf(request.SecWebSocketKey.ToString());
        SetProtocol(response, protocol);
    }

    /// <summary>Sets the subprotocol; the 200 to an extended CONNECT needs nothing else (RFC 8441, section 5).</summary>
    public static void SetProtocol(IHeaderDictionary response, string? protocol) =>
        response.SecWebSocketProtocol = protocol is null ? StringValues.Empty : protocol;

    /// <summary>Returns the <c>Connection</c> header of a refusal that has an <c>Upgrade</c> header.</summary>
    /// <remarks>
    /// Kestrel closes the connection after a response whose <c>Connection</c> header lacks keep-alive, and does not announce it
    /// where the header is set already. A proxy that reuses its connections then loses the next request.
    /// </remarks>
    public static string ConnectionOfRefusal(HttpRequest request) =>
        HttpProtocol.IsHttp11(request.Protocol) && !HeaderList.Contains(request.Headers.Connection, "close")
            ? "Upgrade, keep-alive"
            : "Upgrade, close";

    /// <summary>Removes these headers, so that another answer is possible.</summary>
    public static void Clear(IHeaderDictionary response)
    {
        response.Upgrade = StringValues.Empty;
        response.SecWebSocketAccept = StringValues.Empty;
        response.SecWebSocketProtocol = StringValues.Empty;
        response.SecWebSocketExtensions = StringValues.Empty;
    }

    /// <summary>Proves to the client that its key was read: <c>Sec-WebSocket-Accept</c>.</summary>
    public static string AcceptOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol asks for SHA-1, and nothing secret depends on it.
        SHA1.HashData(Encoding.ASCII.GetBytes(key.Trim() + AcceptSuffix), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }
}
