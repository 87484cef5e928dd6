namespace Krait.Upgrading;

/// <summary>Text of the client's on its way into a message: cut, and in one line, so that nobody's log or screen is flooded or forged.</summary>
internal static class ClientText
{
    private const int MaxLength = 64;

    /// <summary>Returns the first 64 characters at most, without splitting a surrogate pair; what ends a line or controls a terminal becomes a question mark.</summary>
    public static string Cut(string text)
    {
        var length = text.Length <= MaxLength ? text.Length
            : char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1
            : MaxLength;
        return OneLine(text[..length]);
    }

    /// <summary>Returns the whole text in one line.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
}
