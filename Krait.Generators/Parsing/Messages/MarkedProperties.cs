namespace Krait.Generators.Parsing;

/// <summary>Finds the properties of messages that have one of Krait's attributes.</summary>
internal static class MarkedProperties
{
    /// <summary>The marked properties of a type, its bases and its interfaces, its own first.</summary>
    /// <param name="type">The type.</param>
    /// <param name="mark">The attribute.</param>
    /// <param name="known">The symbols of the project.</param>
    public static List<IPropertySymbol> Of(ITypeSymbol type, INamedTypeSymbol? mark, KnownSymbols known)
    {
        var found = new List<IPropertySymbol>();
        foreach (var candidate in Union.Bases(type).Where(candidate => MayMark(candidate, known)))
        {
            foreach (var property in candidate.GetMembers().OfType<IPropertySymbol>()
                .Where(property => !property.IsStatic && property.Find(mark) is not null))
            {
                var isInterface = type.TypeKind == TypeKind.Interface;
                var shown = candidate.TypeKind == TypeKind.Interface && !isInterface
                    ? type.FindImplementationForInterfaceMember(property) as IPropertySymbol
                    : property;
                if (shown is { ExplicitInterfaceImplementations.Length: 0 }
                    && !found.Exists(other => other.Name == shown.Name && !isInterface))
                    found.Add(shown);
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a property of the type has attributes in its source. To get the members of a record, the compiler would first
    /// declare all members that it adds. The types of the framework have none of Krait's.
    /// </summary>
    private static bool MayMark(ITypeSymbol type, KnownSymbols known) => type.DeclaringSyntaxReferences.IsEmpty
        ? !type.ContainingAssembly.Is(known.String.ContainingAssembly)
        : type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is not TypeDeclarationSyntax declaration
            || declaration.Members.Any(member => member is BasePropertyDeclarationSyntax { AttributeLists.Count: > 0 })
            || (declaration.ParameterList?.Parameters.Any(parameter => parameter.AttributeLists.Count > 0) ?? false));
}
