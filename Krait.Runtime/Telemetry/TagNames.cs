namespace Krait.Telemetry;

/// <summary>The names of tags, and the values that several of them share.</summary>
internal static class TagNames
{
    public const string Route = "http.route";
    public const string Protocol = "krait.protocol";
    public const string CloseCause = "krait.close.cause";
    public const string CloseStatus = "krait.close.status";
    public const string Refusal = "krait.refusal";
    public const string Direction = "network.io.direction";
    public const string MessageType = "krait.message.type";
    public const string Error = "error.type";
    public const string WhenSlow = "krait.when_slow";
    public const string WhenOver = "krait.when_over";
    public const string Recovered = "krait.recovered";
    public const string Failure = "krait.failure";

    /// <summary>The value of a tag for everything that the server does not know by name.</summary>
    public const string Other = "other";

    /// <summary>Writes the name of an enumeration's value in snake case.</summary>
    public static string Snake<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select(static (letter, index) =>
            char.IsUpper(letter) && index > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
