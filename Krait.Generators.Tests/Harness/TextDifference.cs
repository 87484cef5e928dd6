namespace Krait.Generators.Tests.Harness;

/// <summary>Says where two texts part.</summary>
internal static class TextDifference
{
    private const int Context = 3;
    private const int Longest = 12;

    /// <summary>Shows the lines between the common beginning and the common end of two texts.</summary>
    public static string Describe(string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var end = before[start..].Reverse().Zip(after[start..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('\n',
        [
            $"@@ line {start + 1} @@",
            .. before[Math.Max(0, start - Context)..start].Select(line => "  " + line),
            .. Shorten(before[start..^end]).Select(line => "- " + line),
            .. Shorten(after[start..^end]).Select(line => "+ " + line),
            .. after[^end..].Take(Context).Select(line => "  " + line),
        ]);
    }

    private static string[] Shorten(string[] lines) =>
        lines.Length <= Longest ? lines : [.. lines[..Longest], $"... {lines.Length - Longest} more lines"];
}
