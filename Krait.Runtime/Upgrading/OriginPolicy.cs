using Krait.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>
/// Decides which pages may connect: browsers send cookies with a WebSocket from any page, and nothing else stops foreign ones
/// (RFC 6455, section 10.2).
/// </summary>
internal sealed class OriginPolicy
{
    private const string Any = "*";
    private const string Opaque = "null";

    private readonly HashSet<WebOrigin> _allowed = [];
    private readonly bool _allowsOpaque;
    private readonly bool _allowsAny;

    /// <summary>Makes the policy from a list of foreign origins.</summary>
    /// <exception cref="FormatException">An element is not an origin.</exception>
    public OriginPolicy(IEnumerable<string> allowed)
    {
        foreach (var origin in allowed)
        {
            switch (origin)
            {
                case Any:
                    _allowsAny = true;
                    break;
                case Opaque:
                    _allowsOpaque = true;
                    break;
                default:
                    _allowed.Add(WebOrigin.Parse(origin) ?? throw NoOrigin(origin));
                    break;
            }
        }
    }

    /// <summary>Returns why the page of the request may not connect, or null.</summary>
    public UpgradeRefusal? Check(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (_allowsAny || header.Count == 0)
            return null;

        if (header is [Opaque])
            return _allowsOpaque ? null : Foreign(request);

        if (header is not [{ } text] || WebOrigin.Parse(text) is not { } origin)
            return Foreign(request);

        if (_allowed.Contains(origin))
            return null;

        if (!origin.IsSameHost(HostOf(request)))
            return Foreign(request);

        return origin.IsPlain && request.IsHttps ? PlainPage(text) : null;
    }

    // Not Request.Host: it decodes punycode, and throws where that is malformed.
    private static string HostOf(HttpRequest request) => request.Headers.Host.ToString();

    private static UpgradeRefusal Foreign(HttpRequest request) => Forbidden(
        $"The origin '{ClientText.Cut(request.Headers.Origin.ToString())}' is not that of this host, "
        + $"'{ClientText.Cut(HostOf(request))}'. "
        + "To allow it, add it to AllowedOrigins (of the controller, else of KraitOptions).");

    // An attacker in the network can change a page without TLS, and would connect with the cookies of the secure site.
    private static UpgradeRefusal PlainPage(string origin) => Forbidden(
        $"The origin '{ClientText.Cut(origin)}' is http, but this request is https. "
        + "Serve the page over https, or add its origin to AllowedOrigins (of the controller, else of KraitOptions).");

    private static UpgradeRefusal Forbidden(string detail) =>
        new(StatusCodes.Status403Forbidden, detail) { Reason = RefusalReason.Origin };

    private static FormatException NoOrigin(string text) =>
        new($"'{text}' is not an origin. Write scheme://host or scheme://host:port without a path, or * to allow all.");
}
