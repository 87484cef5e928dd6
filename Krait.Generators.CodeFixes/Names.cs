namespace Krait.Generators.CodeFixes;

/// <summary>Makes up names.</summary>
internal static class Names
{
    /// <summary>The name, followed by a number if it is already used.</summary>
    public static string Unique(string stem, IEnumerable<string> taken)
    {
        var all = new HashSet<string>(taken, StringComparer.Ordinal);
        var name = stem;
        for (var number = 2; all.Contains(name); number++)
            name = stem + number;

        return name;
    }

    /// <summary>A path for a controller: <c>/order-book</c> for <c>OrderBookController</c>.</summary>
    public static string Path(string controller)
    {
        const string suffix = "Controller";
        var stem = controller.EndsWith(suffix, StringComparison.Ordinal) && controller.Length > suffix.Length
            ? controller.Substring(0, controller.Length - suffix.Length)
            : controller;
        var words = stem.Select((character, index) =>
            char.IsUpper(character) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(character) : character.ToString());
        return "/" + string.Concat(words);
    }
}
