using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>The origin of a page: scheme, host and port (RFC 6454, section 6.2). The opaque origin <c>null</c> is none.</summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Host">In lower case; IPv6 addresses in brackets.</param>
/// <param name="Port">The port, the scheme's own if none is named; 0 if the scheme has none.</param>
internal readonly record struct WebOrigin(string Scheme, string Host, int Port)
{
    private const string SchemeEnd = "://";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>Parses what stands in an <c>Origin</c> header; anything but scheme, host and port is refused.</summary>
    public static WebOrigin? Parse(string text)
    {
        var end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (end <= 0 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, end).ContainsAnyExcept(SchemeCharacters))
            return null;

        var scheme = text[..end].ToLowerInvariant();
        var authority = text.AsSpan(end + SchemeEnd.Length);
        var hostLength = HostLength(authority);
        if (hostLength == 0)
            return null;

        var port = DefaultPort(scheme);
        if (hostLength < authority.Length && !TryParsePort(authority[hostLength..], out port))
            return null;

        return new(scheme, authority[..hostLength].ToString().ToLowerInvariant(), port);
    }

    /// <summary>Says whether a request for <paramref name="host"/> comes from a page of the same host and port.</summary>
    /// <remarks>
    /// Behind a proxy that ends TLS the schemes of page and request differ, so they do not count, except that the page's scheme says which port
    /// a host without one means. Pages of schemes without a port, such as those of browser extensions, have no host in common with a server.
    /// </remarks>
    public bool IsSameHost(HostString host) =>
        host.HasValue && Port != 0 && DefaultPort(Scheme) != 0
        && string.Equals(Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && Port == (host.Port ?? DefaultPort(Scheme));

    private static int DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        _ => 0,
    };

    private static int HostLength(ReadOnlySpan<char> authority)
    {
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']');
            return end > 1 && !authority[1..end].ContainsAnyExcept(AddressCharacters) ? end + 1 : 0;
        }

        var length = authority.IndexOf(':') is >= 0 and var colon ? colon : authority.Length;
        return authority[..length].ContainsAnyExcept(HostCharacters) ? 0 : length;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text is [':', ..]
            && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= ushort.MaxValue;
    }
}
