namespace Krait.Generators.Diagnostics;

/// <summary>Tells objects that can hold a buffer from those that only read it while they are constructed.</summary>
internal static class Holders
{
    /// <summary>
    /// Whether what a constructor takes may stay in the object. A type of the project shows by its fields, and by what its
    /// members do with the parameter; of others the worst is assumed.
    /// </summary>
    public static bool MayHold(ITypeSymbol type, IParameterSymbol parameter, KnownSymbols known) =>
        !IsOurs(type) || HasRoom(type, [], known) || IsCaptured(parameter);

    private static bool IsOurs(ITypeSymbol type) => type.DeclaringSyntaxReferences.Length > 0;

    private static bool HasRoom(ITypeSymbol type, HashSet<string> seen, KnownSymbols known) => type switch
    {
        _ when KeptBuffers.IsBuffer(type, known)
            || type.SpecialType == SpecialType.System_Object
            || type.TypeKind is TypeKind.Interface or TypeKind.Delegate or TypeKind.TypeParameter => true,
        IArrayTypeSymbol array => HasRoom(array.ElementType, seen, known),
        INamedTypeSymbol named when named.TypeArguments.Any(argument => HasRoom(argument, seen, known)) => true,
        _ =>
            IsOurs(type)
                && seen.Add(type.ToKey())
                && type.Line().Where(IsOurs).SelectMany(line => line.GetMembers())
                    .Any(member => member is IFieldSymbol { IsStatic: false } field && HasRoom(field.Type, seen, known)),
    };

    private static bool IsCaptured(IParameterSymbol parameter) => parameter.DeclaringSyntaxReferences.Any(part =>
        part.GetSyntax().Parent?.Parent is TypeDeclarationSyntax type
        && type.Members.SelectMany(member => member.DescendantNodes())
            .Any(node =>
                node is IdentifierNameSyntax name
                    && name.Identifier.ValueText == parameter.Name
                    && name.FirstAncestorOrSelf<EqualsValueClauseSyntax>() is null));
}
