using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>Decides which pages may connect: browsers send cookies with a WebSocket from anywhere, and nothing else stops foreign pages (RFC 6455, section 10.2).</summary>
internal sealed class OriginPolicy
{
    private const string Any = "*";
    private const string Opaque = "null";

    private readonly HashSet<WebOrigin> _allowed = [];
    private readonly bool _allowsOpaque;
    private readonly bool _allowsAny;

    /// <summary>Makes the policy of a list of foreign origins.</summary>
    /// <exception cref="FormatException">An element is no origin.</exception>
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
                    _allowed.Add(WebOrigin.Parse(origin) ?? throw new FormatException($"'{origin}' is no origin: write scheme://host or scheme://host:port without a path, or * for all."));
                    break;
            }
        }
    }

    /// <summary>Returns why the page that asks may not connect, or null.</summary>
    public UpgradeRefusal? Check(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (_allowsAny || header.Count == 0 || (header is [{ } origin] && Allows(origin, request.Host)))
            return null;

        return new(
            StatusCodes.Status403Forbidden,
            $"The origin '{ClientText.Cut(header.ToString())}' is not that of this host, '{ClientText.Cut(request.Host.ToString())}', and AllowedOrigins (of the controller, else of KraitOptions) does not name it.");
    }

    private bool Allows(string text, HostString host)
    {
        if (text == Opaque)
            return _allowsOpaque;

        return WebOrigin.Parse(text) is { } origin && (origin.IsSameHost(host) || _allowed.Contains(origin));
    }
}
