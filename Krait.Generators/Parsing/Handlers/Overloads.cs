namespace Krait.Generators.Parsing;

/// <summary>Finds the overload that C# would call instead of a method, whatever the types of the arguments are.</summary>
internal static class Overloads
{
    /// <summary>
    /// An overload with a higher [OverloadResolutionPriority] that takes the same arguments; null if there is none.
    /// </summary>
    public static IMethodSymbol? Preferred(IMethodSymbol method, KnownSymbols known) => method.ContainingType
        .GetMembers(method.Name).OfType<IMethodSymbol>()
        .FirstOrDefault(other => Priority(other) > Priority(method) && Takes(other, method, known));

    private static int Priority(IMethodSymbol method) => method.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass is { Name: "OverloadResolutionPriorityAttribute" })
        ?.ConstructorArguments is [{ Value: int priority }]
        ? priority
        : 0;

    private static bool Takes(IMethodSymbol other, IMethodSymbol method, KnownSymbols known) =>
        other.Parameters.Length >= method.Parameters.Length
        && other.Parameters.Skip(method.Parameters.Length).All(parameter => parameter.IsOptional || parameter.IsParams)
        && other.Parameters.Zip(method.Parameters, (taken, given) =>
            taken.Type is ITypeParameterSymbol || known.Compilation.ClassifyConversion(given.Type, taken.Type).IsImplicit)
            .All(fits => fits);
}
