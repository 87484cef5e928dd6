namespace Krait.Generators.Parsing;

/// <summary>The name of a room with route values in braces.</summary>
internal sealed class RoomTemplate
{
    private readonly List<(string Text, bool IsValue)> parts = [];

    private RoomTemplate()
    {
    }

    /// <summary>Literal texts, and the names of route values, in order.</summary>
    public IReadOnlyList<(string Text, bool IsValue)> Parts => parts;

    public IEnumerable<string> Values => parts.Where(part => part.IsValue).Select(part => part.Text);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="fault">What is wrong with it; null if nothing is.</param>
    public static RoomTemplate Parse(string text, out string? fault)
    {
        var template = new RoomTemplate();
        fault = text.Length == 0 ? "is empty; write a name such as \"chat/{room}\""
            : text.Any(char.IsControl) ? "contains a control character; remove it"
            : template.Read(text);
        return template;
    }

    private string? Read(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var brace = text.IndexOfAny(['{', '}'], at);
            var end = brace < 0 ? text.Length : brace;
            if (end > at)
                parts.Add((text.Substring(at, end - at), false));
            if (brace < 0)
                break;

            var close = text.IndexOf('}', brace);
            if (text[brace] == '}' || close < 0)
                return $"has a '{text[brace]}' without its pair; write route values as {{name}}";
            if (close == brace + 1)
                return "has '{}' without a name; write the name of a route value between the braces";

            parts.Add((text.Substring(brace + 1, close - brace - 1), true));
            at = close + 1;
        }

        return null;
    }
}
