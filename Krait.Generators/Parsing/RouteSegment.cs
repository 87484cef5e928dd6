namespace Krait.Generators.Parsing;

/// <summary>What stands between two slashes of a route pattern: literals and parameters.</summary>
internal sealed class RouteSegment
{
    private readonly string _pattern;
    private readonly List<RouteParameter> _parameters = [];
    private string? _literal;
    private RouteParameter? _previous;

    private RouteSegment(string pattern, int start)
    {
        _pattern = pattern;
        End = start;
    }

    /// <summary>The position behind its last character.</summary>
    public int End { get; private set; }

    public IReadOnlyList<RouteParameter> Parameters => _parameters;

    public RoutePatternFault? Fault { get; private set; }

    public static RouteSegment Read(string pattern, int start)
    {
        var segment = new RouteSegment(pattern, start);
        while (segment.Fault is null && segment.End < pattern.Length && pattern[segment.End] != '/')
            segment.Fault = segment.StartsParameter(segment.End) ? segment.ReadParameter() : segment.ReadLiteral();

        segment.Fault ??= segment.CheckCatchAll(start);
        return segment;
    }

    private bool StartsParameter(int position) =>
        _pattern[position] == '{' && (position + 1 >= _pattern.Length || _pattern[position + 1] != '{');

    private bool IsEscaped(int position) =>
        position + 1 < _pattern.Length && _pattern[position] == _pattern[position + 1];

    private RoutePatternFault? ReadLiteral()
    {
        var start = End;
        for (; End < _pattern.Length && _pattern[End] != '/' && !StartsParameter(End); End++)
        {
            switch (_pattern[End])
            {
                case '?':
                    return new(End, 1, "'?' can only end a parameter");
                case '}' when !IsEscaped(End):
                    return new(End, 1, "no '{' opens this '}'");
                case '{' or '}':
                    End++;
                    break;
            }
        }

        _literal = _pattern.Substring(start, End - start);
        if (_previous is { IsOptional: true } optional)
            return new(optional.Start, optional.Length, "an optional parameter must end its segment");

        return null;
    }

    private RoutePatternFault? ReadParameter()
    {
        var start = End;
        for (End++; ; End++)
        {
            if (End >= _pattern.Length)
                return new(start, _pattern.Length - start, "no '}' closes this '{'");
            if (_pattern[End] == '}' && !IsEscaped(End))
                break;
            if (_pattern[End] is '{' or '}' && !IsEscaped(End))
                return new(End, 1, "inside a parameter, braces are doubled");
            if (_pattern[End] is '{' or '}')
                End++;
        }

        End++;
        var text = _pattern.Substring(start + 1, End - start - 2).Replace("{{", "{").Replace("}}", "}");
        var parameter = ReadName(text, start, End - start, out var hasDefault);
        var fault = CheckParameter(parameter, hasDefault);
        if (fault is null)
            _parameters.Add(parameter);

        _previous = parameter;
        _literal = null;
        return fault;
    }

    private static RouteParameter ReadName(string text, int start, int length, out bool hasDefault)
    {
        var stars = text.StartsWith("**", StringComparison.Ordinal) ? 2 : text.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
        var isOptional = text.Length > stars && text[text.Length - 1] == '?';
        var inside = text.Substring(stars, text.Length - stars - (isOptional ? 1 : 0));
        var end = inside.Length > 0 ? inside.IndexOfAny([':', '='], 1) : -1;
        var equals = DefaultAt(inside);
        hasDefault = equals < inside.Length;
        var name = end < 0 ? inside : inside.Substring(0, end);
        return new(name, start, length, stars > 0, isOptional, inside.Substring(name.Length, Math.Max(0, equals - name.Length)));
    }

    /// <summary>Where <c>=</c> stands outside the parentheses of a constraint, such as those of a regular expression; the end if it does nowhere.</summary>
    private static int DefaultAt(string inside)
    {
        var depth = 0;
        var at = 0;
        for (; at < inside.Length && (inside[at] != '=' || depth > 0); at++)
            depth += inside[at] == '(' ? 1 : inside[at] == ')' ? -1 : 0;

        return at;
    }

    private RoutePatternFault? CheckParameter(RouteParameter parameter, bool hasDefault)
    {
        var reason =
            parameter.Name.Length == 0 ? "the parameter has no name"
            : parameter.Name.IndexOfAny(['/', '{', '}', '?', '*']) >= 0 ? $"'{parameter.Name}' is no parameter name"
            : parameter is { IsCatchAll: true, IsOptional: true } ? "a catch-all parameter cannot be optional; it already matches nothing"
            : parameter.IsOptional && hasDefault ? "an optional parameter cannot have a default value"
            : _previous is not null && _literal is null ? "a literal must stand between two parameters of a segment"
            : parameter.IsOptional && _literal is not null and not "." ? "only a period can stand between it and what precedes an optional parameter"
            : null;
        return reason is null ? null : new(parameter.Start, parameter.Length, reason);
    }

    private RoutePatternFault? CheckCatchAll(int start)
    {
        var catchAll = _parameters.Find(parameter => parameter.IsCatchAll);
        return catchAll is null || (catchAll.Start == start && catchAll.Start + catchAll.Length == End)
            ? null
            : new(catchAll.Start, catchAll.Length, "a catch-all parameter must be a segment of its own");
    }
}
