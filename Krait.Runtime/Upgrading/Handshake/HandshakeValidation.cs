using Krait.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Krait.Upgrading;

/// <summary>Checks that a request is the client's opening handshake (RFC 6455, section 4.2.1; RFC 8441, section 5).</summary>
internal static class HandshakeValidation
{
    private const string Version = "13";
    private const int KeyLength = 24;
    private const int KeyBytes = 16;

    /// <summary>Returns why the request is not an opening handshake, or null.</summary>
    public static UpgradeRefusal? Check(HttpContext context)
    {
        var carrier = OpeningHandshake.CarrierOf(context);
        var headers = context.Request.Headers;
        if (carrier == UpgradeCarrier.None)
            return OpeningHandshake.HasWrongMethod(context.Request)
                ? MethodNotAllowed(context.Request.Method)
                : UpgradeRequired(context.Request);

        if (!IsVersion(headers.SecWebSocketVersion, carrier))
        {
            return new(
                StatusCodes.Status426UpgradeRequired,
                "This server speaks WebSocket version 13 only.",
                new KeyValuePair<string, string>(HeaderNames.SecWebSocketVersion, Version))
            {
                Reason = RefusalReason.InvalidHandshake,
            };
        }

        // HTTP/2 has no key; other servers have checked theirs.
        if (carrier == UpgradeCarrier.Http1 && !IsKey(headers.SecWebSocketKey))
            return new(StatusCodes.Status400BadRequest, "The Sec-WebSocket-Key header must be 16 bytes in base64, once.")
            {
                Reason = RefusalReason.InvalidHandshake,
            };

        return null;
    }

    private static UpgradeRefusal MethodNotAllowed(string method) => new(
        StatusCodes.Status405MethodNotAllowed,
        $"A WebSocket over HTTP/1.1 is opened with GET, not with {ClientText.Cut(method)}.",
        new KeyValuePair<string, string>(HeaderNames.Allow, HttpMethods.Get))
    {
        Reason = RefusalReason.InvalidHandshake,
    };

    private static UpgradeRefusal UpgradeRequired(HttpRequest request)
    {
        const string Detail =
            "This URL is a WebSocket: connect with a WebSocket client (GET over HTTP/1.1, or extended CONNECT over HTTP/2).";

        // Later versions of HTTP have no Upgrade header; earlier ones demand that Connection names it (RFC 9110, section 7.8).
        var hasUpgrade = HttpProtocol.IsHttp10(request.Protocol) || HttpProtocol.IsHttp11(request.Protocol);
        KeyValuePair<string, string>[] headers = hasUpgrade
            ?
            [
                new(HeaderNames.Connection, UpgradeResponse.ConnectionOfRefusal(request)),
                new(HeaderNames.Upgrade, OpeningHandshake.Protocol),
            ]
            : [];
        return new(StatusCodes.Status426UpgradeRequired, Detail, headers) { Reason = RefusalReason.NotWebSocket };
    }

    private static bool IsVersion(StringValues version, UpgradeCarrier carrier) =>
        version.Count == 0 ? carrier == UpgradeCarrier.WebSocketFeature : version.Count == 1 && version[0] == Version;

    private static bool IsKey(StringValues key) =>
        key is [{ Length: KeyLength } text]
        && Convert.TryFromBase64String(text, stackalloc byte[KeyLength], out var written)
        && written == KeyBytes;
}
