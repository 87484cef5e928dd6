using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.CodeFixes;

/// <summary>Finds a common type of several messages.</summary>
internal static class CommonTypes
{
    /// <summary>
    /// A union that lists them all, else the nearest base class or interface that all have; null if that is nothing but
    /// <c>object</c>.
    /// </summary>
    public static ITypeSymbol? Of(IReadOnlyList<ITypeSymbol> types, KnownSymbols known, Func<ITypeSymbol, bool> hasCodec)
    {
        if (types.Count == 0)
            return null;
        if (Union.Candidates(types, known, hasCodec) is [var union, ..])
            return union;

        foreach (var candidate in types[0].Line().Where(type => type.SpecialType != SpecialType.System_Object))
        {
            if (types.All(type => known.IsAssignable(type, candidate)))
                return candidate;
        }

        // Every record implements IEquatable of itself, so only interfaces of the solution count.
        return types[0].AllInterfaces.FirstOrDefault(candidate =>
            candidate.Locations.Any(location => location.IsInSource) && types.All(type => known.IsAssignable(type, candidate)));
    }
}
