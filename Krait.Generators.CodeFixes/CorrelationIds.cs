using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.CodeFixes;

/// <summary>Finds the properties with the correlation id.</summary>
internal static class CorrelationIds
{
    /// <summary>The marked properties of a type, and of its bases and interfaces.</summary>
    public static IEnumerable<IPropertySymbol> Of(ITypeSymbol type, KnownSymbols known) =>
        from candidate in Union.Bases(type)
        from property in candidate.GetMembers().OfType<IPropertySymbol>()
        where property.GetAttributes().Any(attribute => attribute.AttributeClass.Is(known.CorrelationId))
        select property;
}
