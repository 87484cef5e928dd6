using System.Text.Json;

namespace Krait.Messaging;

/// <summary>
/// Writes messages about invalid JSON without repeating it, because logs contain them, and handlers may send them to
/// clients.
/// </summary>
internal static class JsonProblems
{
    private const int MaxLength = 64;

    /// <summary>The JSON does not have the expected form.</summary>
    /// <param name="problem">The fault, as the end of a sentence.</param>
    /// <param name="inner">The exception that reports it.</param>
    public static InvalidMessageException Malformed(string problem, Exception? inner = null) =>
        new(InvalidMessageKind.Malformed, $"The message is not the expected JSON: {problem}.", inner);

    /// <summary>The JSON does not have the expected form, at the position in the exception.</summary>
    public static InvalidMessageException Malformed(Exception error) =>
        Malformed(error is JsonException e ? Place(e) : "a value does not have the expected form", error);

    // Do not use the exception's own message: it may contain names and values of any length.
    private static string Place(JsonException error)
    {
        var position = error.LineNumber is { } line
            ? $"line {line + 1}, byte {error.BytePositionInLine + 1}"
            : "the position is not known";
        return error.Path is null ? position : $"{Shown(error.Path)}, {position}";
    }

    /// <summary>Text of the client, shortened and in one line.</summary>
    public static string Shown(ReadOnlySpan<char> text)
    {
        var shown = text[..Math.Min(text.Length, MaxLength)].ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            if (char.IsControl(shown[i])
                || shown[i] is '\u2028' or '\u2029'
                || (char.IsHighSurrogate(shown[i]) && i == shown.Length - 1))
                shown[i] = '?';
        }

        return new(shown);
    }
}
