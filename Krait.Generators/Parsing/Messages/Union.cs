namespace Krait.Generators.Parsing;

/// <summary>Finds the one type that several messages have in common.</summary>
/// <remarks>
/// A base is a union of the types that its [JsonDerivedType] attributes list, or the serializer infers from a closed hierarchy,
/// or of all that derive from it where a codec serves it.
/// </remarks>
internal static class Union
{
    /// <summary>
    /// The types that can stand for all the given ones: the type itself if it is one, or the unions that list them all.
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

    /// <summary>The types that a union lists; none if it is no union.</summary>
    public static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type, KnownSymbols known)
    {
        var listed = type.FindAll(known.JsonDerivedType).ToList();
        return listed.Count == 0 ? ClosedHierarchy.Inferred(type)
            : listed.Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol derived }, ..] ? derived : null)
                .OfType<ITypeSymbol>();
    }

    public static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type) => type.Line().Concat(type.AllInterfaces);
}
