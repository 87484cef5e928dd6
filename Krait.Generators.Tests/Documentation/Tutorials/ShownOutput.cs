using System.Text.RegularExpressions;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>Compares output with a block that shows it. Only ids of connections and dice may differ.</summary>
internal static partial class ShownOutput
{
    /// <summary>Fails unless the lines are those of the block. Dice that are equal in the block must be equal in the lines.</summary>
    public static void Equal(string shown, IEnumerable<string> lines) => Assert.Matches($"^{Pattern(shown)}$", string.Join('\n', lines));

    private static string Pattern(string shown)
    {
        var dice = new HashSet<string>();
        var pattern = "";
        var copied = 0;
        foreach (var varying in Varying().EnumerateMatches(shown))
        {
            var text = shown.Substring(varying.Index, varying.Length);
            pattern += Regex.Escape(shown[copied..varying.Index]);
            pattern += text.Length > 1 ? "[A-Za-z0-9_-]{20}" : dice.Add(text) ? $"(?<die{text}>[1-6])" : $"\\k<die{text}>";
            copied = varying.Index + varying.Length;
        }

        return pattern + Regex.Escape(shown[copied..]);
    }

    [GeneratedRegex("""(?<=connection )[A-Za-z0-9_-]{20}|(?<="value":|rolled |roll is a |^\w+: )[1-6](?!\d)""", RegexOptions.Multiline)]
    private static partial Regex Varying();
}
