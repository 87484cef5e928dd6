using System.Globalization;
using Krait.Connections;
using Krait.Telemetry;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Krait.Controllers;

/// <summary>The answer to an upgrade while the server drains.</summary>
internal static class DrainRefusal
{
    /// <summary>Returns the answer, or null if the server takes connections.</summary>
    public static UpgradeRefusal? Of(ConnectionRegistry connections, HttpRequest request)
    {
        if (!connections.IsDraining)
            return null;

        var seconds = Math.Max(1, Math.Ceiling(connections.DrawReconnectAfter().TotalSeconds));
        List<KeyValuePair<string, string>> headers =
            [new(HeaderNames.RetryAfter, seconds.ToString("F0", CultureInfo.InvariantCulture))];
        if (HttpProtocol.IsHttp11(request.Protocol))
            headers.Add(new(HeaderNames.Connection, "close")); // so that the client's next attempt can reach another server

        return new(
            StatusCodes.Status503ServiceUnavailable,
            "The server is stopping. Connect again after the time in Retry-After; another server may answer then.",
            headers)
        {
            Reason = RefusalReason.Draining,
        };
    }
}
