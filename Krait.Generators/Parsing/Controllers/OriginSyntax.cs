namespace Krait.Generators.Parsing;

/// <summary>Checks AllowedOrigins as the runtime does at startup. One table of cases tests both.</summary>
internal static class OriginSyntax
{
    private const string SchemeEnd = "://";

    /// <summary>The origins that the attribute lists, and null if it leaves them to the options; reports wrong ones.</summary>
    public static EquatableArray<string>? Read(ControllerContext context)
    {
        if (context.Attribute.AllowedOrigins is not { } list)
            return null;

        // The runtime skips empty entries.
        var entries = ProtocolList.Split(list).Where(entry => entry.Text.Length > 0).ToList();
        foreach (var (text, start) in entries.Where(entry => !IsAllowed(entry.Text)))
            context.Findings.Tell(Rules.MalformedOrigin, context.Attribute.Place("AllowedOrigins", start, text.Length), text);

        return entries.Select(entry => entry.Text).ToEquatableArray();
    }

    /// <summary>Whether the runtime accepts an entry: any origin, the opaque one, or scheme, host and port.</summary>
    public static bool IsAllowed(string text) => text is "*" or "null" || IsOrigin(text);

    private static bool IsOrigin(string text)
    {
        var end = text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (end <= 0
            || !IsLetter(text[0])
            || !text.Take(end).All(character => IsAlphanumeric(character) || character is '+' or '-' or '.'))
            return false;

        var authority = text.Substring(end + SchemeEnd.Length);
        var host = HostLength(authority);
        return host > 0 && (host == authority.Length || IsPort(authority.Substring(host)));
    }

    private static int HostLength(string authority)
    {
        if (authority.StartsWith("[", StringComparison.Ordinal))
        {
            var end = authority.IndexOf(']');
            var isAddress = end > 1
                && authority.Skip(1).Take(end - 1).All(character => IsHex(character) || character is ':' or '.');
            return isAddress ? end + 1 : 0;
        }

        var length = authority.IndexOf(':') is >= 0 and var colon ? colon : authority.Length;
        return ToAscii(authority.Substring(0, length))
            .All(character => IsAlphanumeric(character) || character is '-' or '.' or '_')
            ? length
            : 0;
    }

    /// <summary>An international name in the form in which the runtime compares it; the name itself if it has none.</summary>
    private static string ToAscii(string host)
    {
        try
        {
            return host.All(character => character < 128) ? host : new IdnMapping().GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    /// <summary>Whether it is a colon and a port, as the runtime's <c>int.TryParse</c> without any style reads it.</summary>
    private static bool IsPort(string text) =>
        text.StartsWith(":", StringComparison.Ordinal) && text.Skip(1).All(IsDigit)
        && int.TryParse(text.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= ushort.MaxValue;

    private static bool IsAlphanumeric(char character) => IsLetter(character) || IsDigit(character);

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsHex(char character) => IsDigit(character) || character is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
