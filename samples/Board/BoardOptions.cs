namespace Board;

/// <summary>The settings of the board, such as <c>--Board:Database=/var/lib/board.db</c>.</summary>
public sealed class BoardOptions
{
    /// <summary>The path of the SQLite database. The board makes the file, but not its directory.</summary>
    public string Database { get; set; } = "board.db";

    /// <summary>
    /// The key that signs the tokens: at least 32 bytes in Base64. If you set none, each start creates a new key.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The password of all users. This is a demo: a real application has accounts.</summary>
    public string Password { get; set; } = "krait";

    /// <summary>
    /// How long a token is valid. The page gets a new one 30 s before it expires, or earlier if this time is short.
    /// </summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(5);
}
