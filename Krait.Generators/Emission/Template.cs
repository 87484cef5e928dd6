using System.Runtime.CompilerServices;

namespace Krait.Generators.Emission;

/// <summary>
/// Source as an interpolated raw string with <c>\n</c> line ends. It indents every line of a value as the line of its hole. A
/// line with only empty holes is left out.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Template(int literals, int holes)
{
    private readonly StringBuilder text = new(literals + (holes * 32));
    private int line;
    private int indentation;
    private bool isEmpty;

    public static string Of(Template template) =>
        template.LeavesOut ? template.text.ToString(0, Math.Max(0, template.line - 1)) : template.text.ToString();

    private bool LeavesOut => isEmpty && indentation == text.Length - line;

    public void AppendLiteral(string literal)
    {
        literal = literal.Replace("\r\n", "\n");
        var start = literal.StartsWith("\n", StringComparison.Ordinal) && LeavesOut ? 1 : 0;
        text.Length = start > 0 ? line : text.Length;
        text.Append(literal, start, literal.Length - start);
        isEmpty &= literal.Length == 0;
        if (literal.LastIndexOf('\n') is >= 0 and var last)
        {
            var length = literal.Length - last - 1;
            (line, indentation) = (text.Length - length, length - literal.AsSpan(last + 1).TrimStart(' ').Length);
        }
    }

    public void AppendFormatted(string? value)
    {
        value ??= "";
        isEmpty |= value.Length == 0;
        var start = 0;
        for (int end; (end = value.IndexOf('\n', start)) >= 0; start = end + 1)
        {
            text.Append(value, start, end + 1 - start);
            if (end + 1 < value.Length && value[end + 1] != '\n')
                text.Append(' ', indentation);
        }

        text.Append(value, start, value.Length - start);
    }

    public void AppendFormatted(IEnumerable<string> lines) => AppendFormatted(string.Join("\n", lines));
}
