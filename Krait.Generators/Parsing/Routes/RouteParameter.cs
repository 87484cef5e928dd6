namespace Krait.Generators.Parsing;

/// <summary>
/// A parameter of a route pattern: its position with the braces, whether it takes the rest of the path, and the text of its
/// constraints.
/// </summary>
internal sealed record RouteParameter(
    string Name, int Start, int Length, bool IsCatchAll, bool IsOptional, bool HasDefault, string Constraints)
{
    /// <summary>What is wrong with this parameter, without regard to others; null if nothing is.</summary>
    public string? Unfit => this switch
    {
        { Name.Length: 0 } => "the parameter has no name; write one between the braces",
        _ when Name.IndexOfAny(['/', '{', '}', '?', '*']) >= 0 =>
            $"'{Name}' is not a valid parameter name; remove / {{ }} ? and * from it",
        { IsCatchAll: true, IsOptional: true } =>
            "a catch-all parameter cannot be optional, because it also matches an empty path; remove '?'",
        { IsOptional: true, HasDefault: true } => "an optional parameter cannot have a default value; remove one of the two",
        _ => null,
    };

    public static RouteParameter Read(string text, int start, int length)
    {
        var stars = text.StartsWith("**", StringComparison.Ordinal) ? 2 : text.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var isOptional = text.Length > stars && text[text.Length - 1] == '?';
        var inside = text.Substring(stars, text.Length - stars - (isOptional ? 1 : 0));
        var end = inside.Length > 0 ? inside.IndexOfAny([':', '='], 1) : -1;
        var name = end < 0 ? inside : inside.Substring(0, end);
        var equals = DefaultAt(inside);
        return new(
            name,
            start,
            length,
            stars > 0,
            isOptional,
            equals < inside.Length,
            inside.Substring(name.Length, Math.Max(0, equals - name.Length)));
    }

    /// <summary>
    /// The position of <c>=</c> outside the parentheses of a constraint, such as those of a regular expression; the end if there
    /// is none.
    /// </summary>
    private static int DefaultAt(string inside)
    {
        var (at, depth) = (0, 0);
        for (; at < inside.Length && (inside[at] != '=' || depth > 0); at++)
            depth += inside[at] == '(' ? 1 : inside[at] == ')' ? -1 : 0;

        return at;
    }
}
