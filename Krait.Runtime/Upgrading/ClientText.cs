using Krait.Telemetry;

namespace Krait.Upgrading;

/// <summary>
/// Makes text of a client safe for logs and answers: short and on one line, so that no client can flood or forge them.
/// </summary>
internal static class ClientText
{
    private const int MaxLength = 64;

    /// <summary>Returns the first 64 characters at most, without splitting a surrogate pair.</summary>
    /// <remarks>Characters that end a line or control a terminal become question marks.</remarks>
    public static string Cut(string text) => LogText.Cut(text, MaxLength);

    /// <summary>Returns the whole text in one line.</summary>
    public static string OneLine(string text) => LogText.OneLine(text);
}
