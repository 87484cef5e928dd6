namespace Krait.Upgrading;

/// <summary>Text of the client's on its way into a message: cut, so that nobody's log or screen is flooded.</summary>
internal static class ClientText
{
    private const int MaxLength = 64;

    /// <summary>Returns the first 64 characters at most, without splitting a surrogate pair.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;

        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
