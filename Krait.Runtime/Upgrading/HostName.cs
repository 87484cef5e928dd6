using System.Buffers;
using System.Globalization;
using System.Text;

namespace Krait.Upgrading;

/// <summary>Converts the host of a URL to the form in which Krait compares hosts.</summary>
internal static class HostName
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdef:.");

    /// <summary>
    /// Returns a name in ASCII (punycode) and lower case, or an IPv6 address in brackets as it is; null for anything else.
    /// </summary>
    public static string? ToAscii(ReadOnlySpan<char> host)
    {
        var lower = host.ToString().ToLowerInvariant();
        if (lower is ['[', .. var address, ']'])
            return address.Length > 0 && !address.AsSpan().ContainsAnyExcept(AddressCharacters) ? lower : null;

        // Check after the conversion: some characters become a slash, a colon or an @.
        var name = Ascii.IsValid(lower) ? lower : Encode(lower);
        return string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExcept(NameCharacters) ? null : name;
    }

    private static string? Encode(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
