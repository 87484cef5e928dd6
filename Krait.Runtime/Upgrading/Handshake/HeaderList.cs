using Microsoft.Extensions.Primitives;

namespace Krait.Upgrading;

/// <summary>Reads headers whose value is a comma-separated list, in one header or several (RFC 9110, section 5.6.1).</summary>
internal static class HeaderList
{
    /// <summary>Says whether the list has an element, whatever its case.</summary>
    public static bool Contains(StringValues header, string element)
    {
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (Trim(value.AsSpan(range)).Equals(element, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Returns the elements that are tokens, in order; anything else could not be sent back in a header.</summary>
    public static IReadOnlyList<string> Tokens(StringValues header) => Find(header, HttpToken.IsToken);

    /// <summary>Returns the elements in order; empty ones do not count.</summary>
    public static IReadOnlyList<string> Elements(StringValues header) => Find(header, static element => !element.IsEmpty);

    private static string[] Find(StringValues header, Func<ReadOnlySpan<char>, bool> condition)
    {
        List<string>? found = null;
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var element = Trim(value.AsSpan(range));
                if (condition(element))
                    (found ??= []).Add(element.ToString());
            }
        }

        return found?.ToArray() ?? [];
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> element) => element.Trim(" \t");
}
