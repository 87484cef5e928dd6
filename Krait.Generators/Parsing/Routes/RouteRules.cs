namespace Krait.Generators.Parsing;

/// <summary>Checks the route, the subprotocols and the limits of the attribute.</summary>
internal static class RouteRules
{
    public static void Check(ControllerContext context, string pattern)
    {
        if (context.Attribute.Data.ConstructorArguments.Length == 0)
            context.Findings.Refuse("The route pattern is missing.");
        else if (context.Attribute.Data.ConstructorArguments[0].Kind == TypedConstantKind.Error)
            context.RefuseUnseen("the route pattern");
        else if (context.Attribute.Pattern is null)
            context.Findings.Add(
                Rules.MalformedPattern,
                context.Attribute.Place(ControllerAttribute.PatternName),
                pattern,
                "0",
                "it is null; write a path such as \"/chat\"");
        else if (context.Route.Fault is var (start, length, reason))
            context.Findings.Add(
                Rules.MalformedPattern,
                context.Attribute.Place(ControllerAttribute.PatternName, start, length),
                pattern,
                start.ToString(CultureInfo.InvariantCulture),
                reason);
    }

    /// <summary>
    /// The name in [FromRoute]. Only warns if the pattern lacks it, because a route group may have it; the runtime checks that
    /// when it builds the endpoint.
    /// </summary>
    public static string Named(ControllerContext context, IParameterSymbol parameter, AttributeData attribute)
    {
        var name = attribute.Named("Name") as string ?? parameter.Name;
        var place = name == parameter.Name ? Places.Of(parameter) : Places.Argument(attribute, "Name");
        if (context.Route is { Fault: null } route && route.Find(name) is null)
            context.Findings.Add(
                Rules.StrayRouteValue,
                place,
                name,
                $"is not in the pattern '{context.Attribute.Pattern}'; add {{{name}}} to it, unless a route group adds it");

        return name;
    }

    /// <summary>Suggests a parameter for each route value that no parameter takes and no code reads from the request.</summary>
    public static void CheckUsed(ControllerContext context, ControllerSpec spec)
    {
        if (!context.Known.HasGeneratedCode || spec.Refusal is not null)
            return;

        var bound = spec.Contract.Parameters.Where(parameter => parameter.Source == ParameterSource.Route)
            .Select(parameter => parameter.Key);
        var inRooms = spec.Contract.Rooms.SelectMany(room => RoomTemplate.Parse(room, out _).Values);
        var used = new HashSet<string>(bound.Concat(inRooms), StringComparer.OrdinalIgnoreCase);
        var lost = context.Route.Parameters.Where(value => !used.Contains(value.Name)).ToList();
        if (lost.Count == 0
            || context.Symbol.DeclaringSyntaxReferences.Any(part => ReadsByHand(part.GetSyntax(context.CancellationToken))))
            return;

        foreach (var value in lost)
        {
            var place = context.Attribute.Place(ControllerAttribute.PatternName, value.Start, value.Length);
            context.Findings.Suggest(
                Rules.StrayRouteValue,
                place,
                value.Name,
                $"is not bound to a parameter; add a parameter '{value.Name}' to the constructor, [OnUpgrade] or [OnOpen]");
        }
    }

    private static bool ReadsByHand(SyntaxNode part) =>
        part.DescendantTokens().Any(token =>
            token.ValueText is "RouteValues" or "GetRouteValue" or "GetRouteData" or "RouteValuesFeature");

    /// <summary>
    /// The pattern as the router compares it; empty if it is malformed, or if [Host] may separate controllers too.
    /// </summary>
    public static string Key(INamedTypeSymbol symbol, RoutePattern route) =>
        symbol.Line().Any(type => type.Has("HostAttribute")) ? "" : route.Key;

    /// <summary>The subprotocols, each once. Reports names that are not tokens, and repeated names.</summary>
    public static EquatableArray<string> Protocols(ControllerContext context)
    {
        var protocols = new List<string>();
        foreach (var entry in ProtocolList.Split(context.Attribute.Protocols ?? ""))
        {
            var place = context.Attribute.Place("Protocols", entry.Start, entry.Text.Length);
            if (!ProtocolList.IsToken(entry.Text))
                context.Findings.Add(Rules.MalformedProtocol, place, Malformed(entry.Text));
            else if (protocols.Contains(entry.Text))
                context.Findings.Add(Rules.RepeatedProtocol, place, entry.Text);
            else
                protocols.Add(entry.Text);
        }

        return protocols.ToEquatableArray();
    }

    private static string Malformed(string protocol) => protocol.Length == 0
        ? "Protocols contains an empty entry; remove the extra comma"
        : $"Protocols contains '{protocol}', which is not a valid name; use only letters, digits and !#$%&'*+-.^_`|~, and put "
            + "commas between names";

    /// <summary>The limits that the attribute sets. Reports negative ones.</summary>
    public static EquatableArray<LimitSpec> Limits(ControllerContext context)
    {
        const string cure = "set a positive number, or 0 to use the value of KraitOptions";
        var limits = ControllerAttribute.LimitNames.Select(name => new LimitSpec(name, context.Attribute.Limit(name))).ToList();
        foreach (var (name, value) in limits.Where(limit => limit.Value < 0))
        {
            var digits = value.ToString(CultureInfo.InvariantCulture);
            context.Findings.Add(Rules.LimitOutOfRange, context.Attribute.Place(name), name, digits, cure);
        }

        return limits.Where(limit => limit.Value > 0).ToEquatableArray();
    }
}
