namespace Krait.Generators.Parsing;

/// <summary>Finds the one type that several messages have in common.</summary>
/// <remarks>A base is a union of the types that its [JsonDerivedType] attributes list, or of all that derive from it where a codec serves it.</remarks>
internal static class Union
{
    /// <summary>The types that can stand for all the given ones: the type itself if it is one, or the unions that list them all.</summary>
    public static IReadOnlyList<ITypeSymbol> Candidates(IReadOnlyList<ITypeSymbol> types, KnownSymbols known, Func<ITypeSymbol, bool> hasCodec)
    {
        var served = Bases(types[0]).Where(candidate => hasCodec(candidate) && types.All(type => known.IsAssignable(type, candidate))).ToList();
        if (served.Count > 0)
            return served;

        var common = Bases(types[0]).Where(candidate => types.All(type => Is(type, candidate) || Lists(candidate, type, known)))
            .Where(candidate => Derived(candidate, known).Any())
            .ToList<ITypeSymbol>();
        return common.Count == 0 && types.All(type => Is(type, types[0])) ? [types[0]] : common;
    }

    /// <summary>The types that a union lists; none if it is no union.</summary>
    public static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type, KnownSymbols known) =>
        type.FindAll(known.JsonDerivedType).Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol derived }, ..] ? derived : null).OfType<ITypeSymbol>();

    private static bool Lists(ITypeSymbol union, ITypeSymbol type, KnownSymbols known) => Derived(union, known).Any(derived => Is(derived, type));

    /// <summary>The type, its bases, and its interfaces.</summary>
    public static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type) => type.Line().Concat(type.AllInterfaces);

    private static bool Is(ITypeSymbol type, ITypeSymbol other) => SymbolEqualityComparer.Default.Equals(type, other);
}
