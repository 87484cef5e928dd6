namespace Krait.Generators.Diagnostics;

/// <summary>Finds objects that can keep a buffer. Others only read it in their constructor.</summary>
internal static class Holders
{
    /// <summary>
    /// Whether the object may keep what its constructor takes. A type of the project is judged by its fields and its use of the
    /// parameter. Types of other assemblies may always keep it.
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
