namespace Krait.Generators.Parsing;

/// <summary>A route pattern, parsed by the rules of ASP.NET Core's router.</summary>
internal sealed class RoutePattern
{
    private readonly string pattern;
    private readonly List<RouteParameter> parameters = [];

    private RoutePattern(string pattern)
    {
        this.pattern = pattern;
        Fault = Read();
        Key = Fault is null ? ReadKey() : "";
    }

    /// <summary>Its parameters, in order; only those before the fault if it has one.</summary>
    public IReadOnlyList<RouteParameter> Parameters => parameters;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public RoutePatternFault? Fault { get; }

    /// <summary>
    /// The pattern as the router compares it: in lower case, and without parameter names and whether parameters are optional.
    /// Empty if it is malformed.
    /// </summary>
    public string Key { get; }

    private int Start =>
        pattern.StartsWith("~/", StringComparison.Ordinal) ? 2 : pattern.StartsWith("/", StringComparison.Ordinal) ? 1 : 0;

    public static RoutePattern Parse(string pattern) => new(pattern);

    /// <summary>The parameter of that name, in any case.</summary>
    public RouteParameter? Find(string name) =>
        parameters.Find(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));

    private string ReadKey()
    {
        var (key, literal) = ("/", Start);
        foreach (var parameter in parameters)
        {
            key += pattern.Substring(literal, parameter.Start - literal).ToUpperInvariant()
                + (parameter.IsCatchAll ? "{*" : "{")
                + parameter.Constraints
                + "}";
            literal = parameter.Start + parameter.Length;
        }

        return key + pattern.Substring(literal).TrimEnd('/').ToUpperInvariant();
    }

    private RoutePatternFault? Read()
    {
        if (Start == 0 && pattern.StartsWith("~", StringComparison.Ordinal))
            return new(0, 1, "'~' at the start must be followed by '/'");

        for (var at = Start; at < pattern.Length; at++)
        {
            if (parameters.Find(parameter => parameter.IsCatchAll) is { } catchAll)
                return new(catchAll.Start, catchAll.Length, "a catch-all parameter must be the last segment; move it to the end");
            if (pattern[at] == '/')
                return new(at, 1, "it has two '/' in a row; remove one");
            if (ReadSegment(ref at) is { } fault)
                return fault;
        }

        return null;
    }

    private RoutePatternFault? ReadSegment(ref int at)
    {
        var (start, literal, previous) = (at, (string?)null, (RouteParameter?)null);
        while (at < pattern.Length && pattern[at] != '/')
        {
            var from = at;
            if (StartsParameter(at))
            {
                if ((SkipParameter(ref at) ?? AddParameter(from, at - from, literal, previous)) is { } fault)
                    return fault;

                (literal, previous) = (null, parameters[parameters.Count - 1]);
            }
            else
            {
                if (SkipLiteral(ref at) is { } fault)
                    return fault;
                if (previous is { IsOptional: true })
                    return new(previous.Start, previous.Length, "an optional parameter must be at the end of its segment");

                literal = pattern.Substring(from, at - from);
            }
        }

        var catchAll = parameters.Find(parameter => parameter.IsCatchAll);
        return catchAll is null || (catchAll.Start == start && catchAll.Start + catchAll.Length == at)
            ? null
            : new(catchAll.Start, catchAll.Length, "a catch-all parameter must be a whole segment; put '/' before it");
    }

    private bool StartsParameter(int at) => pattern[at] == '{' && !IsDoubled(at);

    private bool IsDoubled(int at) => at + 1 < pattern.Length && pattern[at] == pattern[at + 1];

    private RoutePatternFault? SkipLiteral(ref int at)
    {
        for (; at < pattern.Length && pattern[at] != '/' && !StartsParameter(at); at++)
        {
            if (pattern[at] == '?')
                return new(at, 1, "'?' is only allowed at the end of a parameter, as in {id?}");
            if (pattern[at] == '}' && !IsDoubled(at))
                return new(at, 1, "this '}' has no matching '{'; write '}}' for a literal brace");
            if (pattern[at] is '{' or '}')
                at++;
        }

        return null;
    }

    private RoutePatternFault? SkipParameter(ref int at)
    {
        var start = at++;
        for (; at < pattern.Length; at++)
        {
            if (pattern[at] is not ('{' or '}'))
                continue;
            if (!IsDoubled(at))
                return pattern[at++] == '}' ? null : new(at - 1, 1, "a brace inside a parameter must be doubled");

            at++;
        }

        return new(start, pattern.Length - start, "this '{' has no matching '}'; write '{{' for a literal brace");
    }

    private RoutePatternFault? AddParameter(int start, int length, string? literal, RouteParameter? previous)
    {
        var parameter = RouteParameter.Read(
            pattern.Substring(start + 1, length - 2).Replace("{{", "{").Replace("}}", "}"), start, length);
        if (parameter.Unfit is { } unfit)
            return new(start, length, unfit);
        if (previous is not null && literal is null)
            return new(start, length, "two parameters of a segment need text between them");
        if (parameter.IsOptional && literal is not null and not ".")
            return new(start, length, "only '/' or '.' can come before an optional parameter");
        if (Find(parameter.Name) is not null)
            return new(start, length, $"the parameter '{parameter.Name}' occurs twice; rename or remove one");

        parameters.Add(parameter);
        return null;
    }
}

/// <summary>
/// The fault of a route pattern, as the end of a sentence, and its place. The length is 0 if something is missing there.
/// </summary>
internal sealed record RoutePatternFault(int Start, int Length, string Reason);
