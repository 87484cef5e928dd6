namespace Krait.Generators.Parsing;

/// <summary>A route pattern, read by the rules of ASP.NET Core's router.</summary>
internal sealed class RoutePattern
{
    private readonly List<RouteParameter> _parameters = [];

    /// <summary>Its parameters, in order; up to the fault if it has one.</summary>
    public IReadOnlyList<RouteParameter> Parameters => _parameters;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public RoutePatternFault? Fault { get; private set; }

    public static RoutePattern Parse(string pattern)
    {
        var result = new RoutePattern();
        result.Fault = result.Read(pattern);
        result.Key = result.Fault is null ? result.ReadKey(pattern) : "";
        return result;
    }

    private string ReadKey(string pattern)
    {
        var key = "/";
        var literal = pattern.StartsWith("~/", StringComparison.Ordinal) ? 2 : pattern.StartsWith("/", StringComparison.Ordinal) ? 1 : 0;
        foreach (var parameter in _parameters)
        {
            key += pattern.Substring(literal, parameter.Start - literal).ToUpperInvariant() + (parameter.IsCatchAll ? "{*" : "{") + parameter.Constraints + "}";
            literal = parameter.Start + parameter.Length;
        }

        return key + pattern.Substring(literal).TrimEnd('/').ToUpperInvariant();
    }

    /// <summary>The pattern as the router compares it: in one case, and without the names of parameters and whether they may be left out. Empty if it is malformed.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The parameter of that name, in any case.</summary>
    public RouteParameter? Find(string name) =>
        _parameters.Find(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));

    private RoutePatternFault? Read(string pattern)
    {
        var position = 0;
        if (pattern.StartsWith("~/", StringComparison.Ordinal))
            position = 2;
        else if (pattern.StartsWith("~", StringComparison.Ordinal))
            return new(0, 1, "it cannot start with '~' unless '/' follows");
        else if (pattern.StartsWith("/", StringComparison.Ordinal))
            position = 1;

        RouteParameter? catchAll = null;
        while (position < pattern.Length)
        {
            if (catchAll is not null)
                return new(catchAll.Start, catchAll.Length, "a catch-all parameter can only be the last segment");
            if (pattern[position] == '/')
                return new(position, 1, "'/' cannot follow '/'");

            var segment = RouteSegment.Read(pattern, position);
            foreach (var parameter in segment.Parameters)
            {
                if (Find(parameter.Name) is not null)
                    return new(parameter.Start, parameter.Length, $"the parameter '{parameter.Name}' is there twice");

                _parameters.Add(parameter);
                catchAll = parameter.IsCatchAll ? parameter : catchAll;
            }

            if (segment.Fault is not null)
                return segment.Fault;

            position = segment.End + 1;
        }

        return null;
    }
}

/// <summary>A parameter of a route pattern: where it stands with its braces, whether it takes the rest of the path, and its constraints as they are written.</summary>
internal sealed record RouteParameter(string Name, int Start, int Length, bool IsCatchAll, bool IsOptional, string Constraints);

/// <summary>What is wrong with a route pattern, as the end of a sentence, and where; the length is 0 where something is missing.</summary>
internal sealed record RoutePatternFault(int Start, int Length, string Reason);
