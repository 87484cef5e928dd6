namespace Krait.Generators.Emission;

/// <summary>Names generated files so that they differ on file systems that ignore case.</summary>
internal static class HintNames
{
    /// <summary>The file of <c>MapWebSocketControllers</c>; its hyphen keeps it apart from every class.</summary>
    public const string Mapping = "Krait-MapWebSocketControllers.g.cs";

    /// <summary>The names that differ from another one only in case.</summary>
    public static EquatableArray<string> Clashing(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Distinct(StringComparer.Ordinal).Skip(1).Any())
            .SelectMany(group => group).OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray();

    public static string Of(TypeSpec type, EquatableArray<string> clashing) =>
        type.DisplayName + (clashing.Contains(type.DisplayName) ? "-" + Hash(type.DisplayName) : "") + ".g.cs";

    /// <summary>FNV-1a: the same for the same name on every machine.</summary>
    private static string Hash(string name) =>
        name.Aggregate(2166136261u, static (hash, character) => unchecked((hash ^ character) * 16777619u))
            .ToString("x8", CultureInfo.InvariantCulture);
}
