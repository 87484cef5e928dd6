namespace Krait.Generators.Parsing;

/// <summary>Whether a type may be the argument of a type parameter, as the compiler would judge the code that says so.</summary>
internal static class TypeConstraints
{
    public static bool Allow(ITypeParameterSymbol parameter, ITypeSymbol type, KnownSymbols known) =>
        !(parameter.HasReferenceTypeConstraint && !type.IsReferenceType)
        && !(parameter.HasValueTypeConstraint && (!type.IsValueType || type.IsNullableValue))
        && !(parameter.HasUnmanagedTypeConstraint && !type.IsUnmanagedType)
        && !(parameter.HasConstructorConstraint && !HasConstructor(type))
        && parameter.ConstraintTypes.All(constraint => known.IsAssignable(type, Close(constraint, parameter, type)) || known.MayBeCompleted(type));

    private static bool HasConstructor(ITypeSymbol type) =>
        type.IsValueType || (!type.IsAbstract && type is INamedTypeSymbol named && named.InstanceConstructors.Any(constructor => constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public }));

    private static ITypeSymbol Close(ITypeSymbol constraint, ITypeParameterSymbol parameter, ITypeSymbol type) => constraint switch
    {
        ITypeParameterSymbol => type,
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => named.OriginalDefinition.Construct([.. named.TypeArguments.Select(argument => Close(argument, parameter, type))]),
        _ => constraint,
    };
}
