namespace Chat;

/// <summary>The rules for the names of rooms and people, and for the length of a line.</summary>
public static class ChatText
{
    /// <summary>A name of a room in Krait has at most 200 bytes. Escaping turns a character into up to 9 bytes.</summary>
    public const int MaxRoomLength = 20;

    public const int MaxNameLength = 24;
    public const int MaxMessageLength = 2000;

    public static bool IsRoom(string text) => IsLine(text, MaxRoomLength) && text.Trim() == text;

    public static bool IsName(string text) => IsLine(text, MaxNameLength);

    public static bool IsMessage(string text) => text.AsSpan().Trim().Length is > 0 and <= MaxMessageLength;

    private static bool IsLine(string text, int maxLength) =>
        text.AsSpan().Trim().Length is var length && length > 0 && length <= maxLength && !text.Any(char.IsControl);
}
