using System.Text.Json;

namespace Krait.Messaging;

/// <summary>
/// Says what is wrong with JSON that came, without repeating it: the sentences reach logs, and clients where a handler sends
/// them.
/// </summary>
internal static class JsonProblems
{
    private const int MaxLength = 64;

    /// <summary>The JSON is not what was expected.</summary>
    /// <param name="problem">What is wrong, as half a sentence.</param>
    /// <param name="inner">What said so.</param>
    public static InvalidMessageException Malformed(string problem, Exception? inner = null) =>
        new(InvalidMessageKind.Malformed, $"The message is not the expected JSON: {problem}.", inner);

    /// <summary>The JSON is not what was expected, where the exception says.</summary>
    public static InvalidMessageException Malformed(Exception error) =>
        Malformed(error is JsonException e ? Place(e) : "a value does not have the expected form", error);

    // Of the exception's own sentence nothing: it may hold names and values of any length.
    private static string Place(JsonException error)
    {
        var position = error.LineNumber is { } line
            ? $"line {line + 1}, byte {error.BytePositionInLine + 1}"
            : "the position is not known";
        return error.Path is null ? position : $"{Shown(error.Path)}, {position}";
    }

    /// <summary>Text of the client's, cut, and in one line.</summary>
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
