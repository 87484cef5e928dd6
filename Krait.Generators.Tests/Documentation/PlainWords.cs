using System.Text.RegularExpressions;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Words that make readers stop and decode a sentence. There is always a simpler one.</summary>
/// <remarks>This list is short on purpose. Add a word only if it comes back again and again.</remarks>
internal static partial class PlainWords
{
    /// <summary>Finds the words in prose.</summary>
    /// <param name="prose">Text without code.</param>
    /// <returns>The line of each, counted from 1, and the words.</returns>
    public static IEnumerable<(int Line, string Words)> Find(string prose) =>
        Habits().Matches(prose).Select(match => (prose.AsSpan(0, match.Index).Count('\n') + 1, match.Value));

    /// <summary>Replaces code, comments and the targets of links by spaces, so that lines and columns stay.</summary>
    public static string ProseOf(string markdown) => Blank(NotProse(), markdown);

    /// <summary>Replaces what a pattern matches by spaces, so that lines and columns stay.</summary>
    public static string Blank(Regex pattern, string text) => pattern.Replace(text, match => NotNewline().Replace(match.Value, " "));

    [GeneratedRegex("""
        \b (?:
            # As a subject: "What is refused says why". Questions, headings and "What to do" are fine.
            (?<! ^\#.* ) (?: What | Who | Whoever ) \b (?! ' | \s+to\b ) (?! (?: [^.!?|\n] | \n(?!\s*\n) )* \? )
          | (?i: nobody | beside | mostly | belongs? \s+ into )
          | (?i: is | are ) \s+ (?i: told | given )
            # For "is". An abbreviation may stand for something.
          | (?i: stands? ) (?! \s+ for\b )
        ) \b
        """, RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Habits();

    [GeneratedRegex("""
        ^\s*``` .*? ^\s*```
      | <!-- .*? -->
      | ( `+ ) (?!`) .+? (?<!`) \1 (?!`)
      | (?<= \] ) \( [^)\n]* \)
      """, RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotProse();

    [GeneratedRegex("[^\n]")]
    private static partial Regex NotNewline();
}
