namespace Chat;

/// <summary>What people may call a room and themselves, and how much they may say at once.</summary>
public static class ChatText
{
    public const int MaxRoomLength = 32;
    public const int MaxNameLength = 24;
    public const int MaxMessageLength = 2000;

    public static bool IsRoom(string text) => IsLine(text, MaxRoomLength);

    public static bool IsName(string text) => IsLine(text, MaxNameLength);

    public static bool IsMessage(string text) => text.AsSpan().Trim().Length is > 0 and <= MaxMessageLength;

    private static bool IsLine(string text, int maxLength) =>
        text.AsSpan().Trim().Length is var length && length > 0 && length <= maxLength && !text.Any(char.IsControl);
}
