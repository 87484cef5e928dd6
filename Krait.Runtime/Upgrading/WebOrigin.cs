using System.Buffers;
using System.Globalization;

namespace Krait.Upgrading;

/// <summary>
/// The origin of a page: scheme, host and port (RFC 6454, section 6.2). The opaque origin <c>null</c> is not one.
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Host">As <see cref="HostName"/> writes it.</param>
/// <param name="Port">The named port, else the default port of the scheme; 0 if the scheme has none.</param>
internal readonly record struct WebOrigin(string Scheme, string Host, int Port)
{
    private const string SchemeEnd = "://";

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>Whether the page came over a connection without TLS.</summary>
    public bool IsPlain => Scheme is "http" or "ws";

    /// <summary>Parses the value of an <c>Origin</c> header: a scheme, a host and perhaps a port, and nothing else.</summary>
    public static WebOrigin? Parse(string text)
    {
        var end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (end <= 0 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, end).ContainsAnyExcept(SchemeCharacters))
            return null;

        return Parse(text[..end].ToLowerInvariant(), text.AsSpan(end + SchemeEnd.Length));
    }

    /// <summary>Says whether a request with this <c>Host</c> header comes from a page of the same host and port.</summary>
    /// <remarks>
    /// Schemes do not count: behind a proxy that ends TLS, those of the page and the request differ. But the page's scheme tells
    /// which port a host without a port means. Schemes without a default port, such as those of browser extensions, share no host
    /// with a server.
    /// </remarks>
    public bool IsSameHost(string host) => DefaultPort(Scheme) != 0 && Parse(Scheme, host) == this;

    private static WebOrigin? Parse(string scheme, ReadOnlySpan<char> authority)
    {
        var length = HostLength(authority);
        var port = DefaultPort(scheme);
        if (length < authority.Length && !TryParsePort(authority[length..], out port))
            return null;

        return HostName.ToAscii(authority[..length]) is { } host ? new(scheme, host, port) : null;
    }

    private static int DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        _ => 0,
    };

    // The colons of an IPv6 address are inside its brackets.
    private static int HostLength(ReadOnlySpan<char> authority)
    {
        var start = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : 0;
        return authority[start..].IndexOf(':') is >= 0 and var colon ? start + colon : authority.Length;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
}
