namespace Krait.Generators.Parsing;

/// <summary>Splits what an attribute lists in one string, and remembers where each entry stands.</summary>
internal static class ProtocolList
{
    /// <summary>The entries between the commas, without white space around them; none of a blank list.</summary>
    public static IEnumerable<ListEntry> Split(string list)
    {
        if (string.IsNullOrWhiteSpace(list))
            yield break;

        for (var start = 0; start <= list.Length;)
        {
            var comma = list.IndexOf(',', start);
            var end = comma < 0 ? list.Length : comma;
            var text = list.Substring(start, end - start);
            var entry = text.Trim();
            yield return new(entry, entry.Length == 0 ? start : start + text.IndexOf(entry, StringComparison.Ordinal));
            start = end + 1;
        }
    }

    /// <summary>Whether the name is a token of RFC 9110, section 5.6.2, as RFC 6455, section 4.1, asks.</summary>
    public static bool IsToken(string name)
    {
        foreach (var character in name)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')) && "!#$%&'*+-.^_`|~".IndexOf(character) < 0)
                return false;
        }

        return name.Length > 0;
    }
}

/// <summary>An entry of a comma-separated list.</summary>
internal readonly record struct ListEntry(string Text, int Start);
