namespace Krait.Generators.Parsing;

/// <summary>Reads [MaxConnections] on a controller.</summary>
internal static class ConnectionLimitParser
{
    /// <summary>The limits that the class has. Reports those that are not positive.</summary>
    public static EquatableArray<ConnectionLimitSpec> Parse(ControllerContext context)
    {
        var limits = new List<ConnectionLimitSpec>();
        foreach (var attribute in context.Symbol.FindAll(context.Known.MaxConnections))
        {
            LimitArguments.CheckSeen(context, attribute);
            if (attribute.ConstructorArguments is not [{ Value: int connections }])
                continue;

            if (connections > 0)
                limits.Add(new(connections, attribute.Named("Per") is 1 ? "Address" : "User"));
            else
                context.Findings.Add(
                    Rules.LimitOutOfRange,
                    Places.Argument(attribute, "connections", context.ClassPlace),
                    $"The MaxConnections of '{context.Name}'",
                    connections.ToString(CultureInfo.InvariantCulture),
                    "make it positive");
        }

        return limits.ToEquatableArray();
    }
}
