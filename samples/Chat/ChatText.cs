namespace Chat;

/// <summary>What people may call a room and themselves, and how much they may say at once.</summary>
public static class ChatText
{
    /// <summary>Krait's names of rooms have at most 200 bytes, and escaping makes up to 9 of a character.</summary>
    public const int MaxRoomLength = 20;

    public const int MaxNameLength = 24;
    public const int MaxMessageLength = 2000;

    public static bool IsRoom(string text) => IsLine(text, MaxRoomLength) && text.Trim() == text;

    public static bool IsName(string text) => IsLine(text, MaxNameLength);

    public static bool IsMessage(string text) => text.AsSpan().Trim().Length is > 0 and <= MaxMessageLength;

    private static bool IsLine(string text, int maxLength) =>
        text.AsSpan().Trim().Length is var length && length > 0 && length <= maxLength && !text.Any(char.IsControl);
}
