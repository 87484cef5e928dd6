namespace Krait.Telemetry;

/// <summary>Makes text of a client safe for logs: on one line, and not longer than it may be.</summary>
internal static class LogText
{
    /// <summary>Returns the first characters, without splitting a surrogate pair.</summary>
    /// <remarks>Characters that end a line or control a terminal become question marks.</remarks>
    public static string Cut(string text, int maxLength)
    {
        var length = text.Length <= maxLength ? text.Length
            : char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1
            : maxLength;
        return OneLine(text[..length]);
    }

    /// <summary>Returns the whole text in one line.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
}
