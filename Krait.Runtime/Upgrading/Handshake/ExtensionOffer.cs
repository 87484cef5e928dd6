using Microsoft.Extensions.Primitives;

namespace Krait.Upgrading;

/// <summary>An extension that a client offers, with its parameters (RFC 6455, section 9.1).</summary>
/// <param name="Name">The name of the extension.</param>
/// <param name="Parameters">In the client's order, each once; the value is null where there is none.</param>
internal sealed record ExtensionOffer(string Name, IReadOnlyList<(string Name, string? Value)> Parameters)
{
    /// <summary>The offers in the client's order; those that are malformed or repeat a parameter are left out.</summary>
    public static IEnumerable<ExtensionOffer> Parse(StringValues header)
    {
        foreach (var value in header)
        {
            foreach (var element in Split(value ?? "", ','))
            {
                if (ParseOne(element) is { } offer)
                    yield return offer;
            }
        }
    }

    private static ExtensionOffer? ParseOne(string element)
    {
        var parts = Split(element, ';');
        if (!HttpToken.IsToken(parts[0]))
            return null;

        var parameters = new List<(string Name, string? Value)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals].TrimEnd();
            var value = equals < 0 ? null : Unquote(part[(equals + 1)..].TrimStart());
            if (!HttpToken.IsToken(name) || (value is not null && !HttpToken.IsToken(value)) || !known.Add(name))
                return null;

            parameters.Add((name, value));
        }

        return new(parts[0], parameters);
    }

    /// <summary>Splits and trims; quoted text is not split.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && isQuoted)
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == separator && !isQuoted)
            {
                parts.Add(text[start..i].Trim(' ', '\t'));
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim(' ', '\t'));
        return parts;
    }

    // The content of a quoted value must be a token, and so needs no escapes.
    private static string Unquote(string value) =>
        value is ['"', .., '"'] and not ['"'] ? value[1..^1].Replace("\\", "", StringComparison.Ordinal) : value;
}
