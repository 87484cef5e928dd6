namespace Krait.Generators.Parsing;

/// <summary>What every rule looks at while one controller is parsed.</summary>
internal sealed record ControllerContext(
    INamedTypeSymbol Symbol,
    ControllerAttribute Attribute,
    RoutePattern Route,
    KnownSymbols Known,
    Findings Findings,
    CancellationToken CancellationToken)
{
    public string Name => Symbol.Name;

    /// <summary>The name of the class on the part that has the attribute.</summary>
    public Func<Location?> ClassPlace => Places.Class(Attribute.Data, Symbol);

    /// <summary>The parameters behind the name of the class.</summary>
    public static IEnumerable<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax))
        .SelectMany(constructor => constructor.Parameters);

    /// <summary>Whether generated code inside the controller can name the type.</summary>
    public bool CanName(ITypeSymbol type) =>
        (type is INamedTypeSymbol { IsUnboundGenericType: true, TypeKind: not TypeKind.Error } || type.SpecialType == SpecialType.System_Void || !type.IsUnnameable) && CanUse(type);

    public bool CanUse(ISymbol symbol) => Known.Compilation.IsSymbolAccessibleWithin(symbol, Symbol);

    /// <summary>Refuses what generated code could not name either; the compiler says that it is missing, unless another generator brings it.</summary>
    public void RefuseMissing(ITypeSymbol type) => Findings.Refuse($"The type '{type.ToSentence()}' does not exist.");
}
