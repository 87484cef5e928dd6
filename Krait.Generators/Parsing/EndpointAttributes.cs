namespace Krait.Generators.Parsing;

/// <summary>Refuses attributes on handlers that ASP.NET Core reads from endpoints only: nothing would enforce them.</summary>
internal static class EndpointAttributes
{
    public static void Check(ControllerContext context, IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (HandlerCollector.KindOf(attribute) is null && attribute.AttributeClass is { } type && IsForEndpoints(type))
                context.Findings.Add(Rules.EndpointAttribute, Places.Of(attribute), type.Name.Replace("Attribute", ""), method.Name, context.Name);
        }
    }

    /// <summary>Whether it is one of ASP.NET Core's, or says by a base class or an interface that it does the work of one.</summary>
    private static bool IsForEndpoints(INamedTypeSymbol type) => Union.Bases(type).Any(ancestor => IsAspNetCores(ancestor.ContainingNamespace));

    private static bool IsAspNetCores(INamespaceSymbol? space) =>
        space is { IsGlobalNamespace: false }
        && (space is { Name: "AspNetCore", ContainingNamespace: { Name: "Microsoft", ContainingNamespace.IsGlobalNamespace: true } } || IsAspNetCores(space.ContainingNamespace));
}
