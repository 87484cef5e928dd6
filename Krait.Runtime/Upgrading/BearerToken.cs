using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Upgrading;

/// <summary>Takes a bearer token out of the offered subprotocols: a page cannot set the Authorization header.</summary>
/// <remarks>
/// The item is <c>{name}.{token in base64url}</c>, without padding (RFC 4648, section 5), because a subprotocol is a token of
/// HTTP (RFC 9110, section 5.6.2).
/// </remarks>
internal static class BearerToken
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> s_base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Makes the token of the offered subprotocols the Authorization header, and removes it from them.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="name">The name of the item, without the token.</param>
    /// <returns>Why the request is refused; null if there is no token, or it was moved.</returns>
    public static string? Move(IHeaderDictionary headers, string name)
    {
        var offered = headers.SecWebSocketProtocol;
        if (offered.Count == 0)
            return null;

        var items = HeaderList.Elements(offered).ToList();
        var carriers = items.Where(item => IsOf(name, item)).ToList();
        if (carriers.Count == 0)
            return null;

        items.RemoveAll(carriers.Contains);
        headers.SecWebSocketProtocol = items.Count == 0 ? StringValues.Empty : string.Join(", ", items);
        if (carriers.Count > 1)
            return $"The client offers several subprotocols that begin with '{name}'; offer only one.";
        if (headers.Authorization.Count > 0)
            return $"The request has an Authorization header and a token in its subprotocols ('{name}'); send only one of them.";
        if (Decode(carriers[0].AsSpan(name.Length)) is not { } token)
            return $"The subprotocol '{name}' must be followed by a dot and the token in base64url, without padding.";

        headers.Authorization = "Bearer " + token;
        return null;
    }

    // In another case it is a different name, but still a token, so no other code may see it.
    private static bool IsOf(string name, string item) =>
        item.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (item.Length == name.Length || item[name.Length] == '.');

    /// <summary>Decodes a dot and the text after it; null if it is malformed.</summary>
    private static string? Decode(ReadOnlySpan<char> text)
    {
        if (text is not ['.', _, ..] || text[1..].ContainsAnyExcept(s_base64Url))
            return null;

        try
        {
            var token = s_strictUtf8.GetString(Base64Url.DecodeFromChars(text[1..]));
            return token.Any(char.IsControl) ? null : token;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
