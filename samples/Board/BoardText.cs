namespace Board;

/// <summary>The rules for texts of clients, and their longest lengths.</summary>
public static class BoardText
{
    public const int MaxNameLength = 24;
    public const int MaxBoardLength = 32;
    public const int MaxTitleLength = 200;

    public static bool IsName(string text) => IsLine(text, MaxNameLength);

    public static bool IsTitle(string text) => IsLine(text, MaxTitleLength);

    public static bool IsBoard(string text) =>
        text.Length is > 0 and <= MaxBoardLength && text.All("abcdefghijklmnopqrstuvwxyz0123456789-".Contains);

    public static bool IsToken(string text) => text.Length > 0 && !text.Any(char.IsControl);

    private static bool IsLine(string text, int maxLength) =>
        text.AsSpan().Trim().Length is var length && length > 0 && length <= maxLength && !text.Any(char.IsControl);
}
