namespace Krait.Generators.Parsing;

/// <summary>Finds the union that several messages have in common.</summary>
/// <remarks>
/// A base is a union of the types in its [JsonDerivedType] attributes, or of those that the serializer infers from a closed
/// hierarchy, or of all derived types if a codec reads or writes the base.
/// </remarks>
internal static class Union
{
    /// <summary>
    /// The candidates for a common type: the type itself if there is only one, or the unions that list all of them.
    /// </summary>
    public static IReadOnlyList<ITypeSymbol> Candidates(
        IReadOnlyList<ITypeSymbol> types, KnownSymbols known, Func<ITypeSymbol, bool> hasCodec)
    {
        var served = Bases(types[0]).Where(candidate =>
            hasCodec(candidate) && types.All(type => known.IsAssignable(type, candidate))).ToList();
        if (served.Count > 0)
            return served;

        var common = Bases(types[0]).Where(candidate =>
            Derived(candidate, known).ToList() is { Count: > 0 } listed
                && types.All(type => listed.Prepend(candidate).Any(type.Is))).ToList();
        return common.Count == 0 && types.All(type => type.Is(types[0])) ? [types[0]] : common;
    }

    /// <summary>
    /// The nearest union that has all of the types once the controller names it: some are between it and the types that it lists.
    /// </summary>
    public static ITypeSymbol? ToName(IReadOnlyList<ITypeSymbol> types, KnownSymbols known) =>
        Bases(types[0]).FirstOrDefault(candidate =>
            Derived(candidate, known).ToList() is { Count: > 0 } listed
                && types.All(type =>
                    known.IsAssignable(type, candidate) && listed.Exists(derived => known.IsAssignable(derived, type))));

    /// <summary>The types that a union lists; empty if the type is not a union.</summary>
    public static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type, KnownSymbols known)
    {
        var listed = type.FindAll(known.JsonDerivedType).ToList();
        return listed.Count == 0 ? ClosedHierarchy.Inferred(type)
            : listed.Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol derived }, ..] ? derived : null)
                .OfType<ITypeSymbol>();
    }

    public static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type) => type.Line().Concat(type.AllInterfaces);
}
