namespace Krait.Generators.Parsing;

/// <summary>Splits a comma-separated list of an attribute, and keeps the position of each entry.</summary>
internal static class ProtocolList
{
    /// <summary>The entries between the commas, without white space around them; none of a blank list.</summary>
    public static IEnumerable<(string Text, int Start)> Split(string list)
    {
        var start = 0;
        foreach (var text in string.IsNullOrWhiteSpace(list) ? [] : list.Split(','))
        {
            yield return (text.Trim(), start + text.IndexOf(text.Trim(), StringComparison.Ordinal));
            start += text.Length + 1;
        }
    }

    /// <summary>Whether the name is a token (RFC 9110, section 5.6.2), as RFC 6455, section 4.1, requires.</summary>
    public static bool IsToken(string name) => name.Length > 0
        && name.All(character =>
            character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
                || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0);
}
