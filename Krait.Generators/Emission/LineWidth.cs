namespace Krait.Generators.Emission;

/// <summary>Breaks lines that are too long: after <c>=&gt;</c>, else between the items of the longest list.</summary>
internal static class LineWidth
{
    private const int Widest = 130;

    /// <summary>Breaks the long lines of a file; comments and directives stay as they are.</summary>
    public static string Apply(string text) =>
        string.Join("\n", text.Split('\n').SelectMany(line => Fits(line) ? [line] : Break(line)));

    private static bool Fits(string line) => line.Length <= Widest || line.TrimStart(' ') is ['/' or '#', ..];

    private static IEnumerable<string> Break(string line)
    {
        var indentation = new string(' ', line.Length - line.TrimStart(' ').Length + 4);
        var depths = Depths(line);
        if (Fits(line))
            return [line];
        if (Arrow(line, depths) is > 0 and var arrow)
            return [line.Substring(0, arrow), .. Break(indentation + line.Substring(arrow + 1))];
        if ((Arguments(line, depths, "([{") ?? Arguments(line, depths, "<")) is not var (start, end) || end <= start)
            return [line];

        var commas = Enumerable.Range(start, end - start).Where(index => line[index] == ',' && depths[index] == 1).ToList();
        var breaks = commas.ConvertAll(comma => comma + 1);
        var pieces = breaks.Prepend(start).Zip(breaks.Append(end), (from, to) => line.Substring(from, to - from).Trim());
        var lines = pieces.SelectMany(piece => Break(indentation + piece)).ToList();
        return [line.Substring(0, start), .. Close(lines, line.Substring(line[end - 1] == ' ' ? end - 1 : end), indentation)];
    }

    /// <summary>Puts the text after a list at the end of its last line, or on the next line if that is too long.</summary>
    private static IEnumerable<string> Close(List<string> lines, string tail, string indentation)
    {
        var last = lines[lines.Count - 1];
        return Fits(last + tail) || !Fits(last)
            ? [.. lines.Take(lines.Count - 1), last + tail]
            : [.. lines, .. Break(indentation.Substring(4) + tail.TrimStart())];
    }

    /// <summary>The end of the last arrow outside of brackets; 0 if there is none, or no text after it.</summary>
    private static int Arrow(string line, int[] depths)
    {
        for (var index = line.Length - 4; index > 0; index--)
        {
            if (depths[index] == 0 && line[index + 3] != '{' && string.CompareOrdinal(line, index, "=> ", 0, 3) == 0)
                return index + 2;
        }

        return 0;
    }

    /// <summary>Where the longest list in such brackets, outside of others, starts and ends.</summary>
    private static (int Start, int End)? Arguments(string line, int[] depths, string brackets)
    {
        (int Start, int End)? longest = null;
        for (var index = 0; index < line.Length; index++)
        {
            if (brackets.IndexOf(line[index]) < 0 || depths[index] != 0)
                continue;

            var end = Array.FindIndex(depths, index + 1, depth => depth == 0);
            if (end > 0 && end - index > (longest?.End - longest?.Start ?? 0))
                longest = (index + 1, end);
        }

        return longest;
    }

    /// <summary>How many brackets, or literals, are open at each character; a bracket itself counts as outside.</summary>
    private static int[] Depths(string line)
    {
        var depths = new int[line.Length];
        var depth = 0;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] is '"' or '\'')
            {
                for (var end = EndOfLiteral(line, index); index < end; index++)
                    depths[index] = depth + 1;
            }

            var isArrow = line[index] == '>' && index > 0 && line[index - 1] == '=';
            depth = line[index] is ')' or ']' or '}' or '>' && !isArrow ? Math.Max(0, depth - 1) : depth;
            depths[index] = depth;
            depth += line[index] is '(' or '[' or '{' or '<' ? 1 : 0;
        }

        return depths;
    }

    /// <summary>The closing quote of a literal.</summary>
    private static int EndOfLiteral(string line, int start)
    {
        var end = start + 1;
        while (end < line.Length - 1 && line[end] != line[start])
            end += line[end] == '\\' ? 2 : 1;

        return Math.Min(end, line.Length - 1);
    }
}
