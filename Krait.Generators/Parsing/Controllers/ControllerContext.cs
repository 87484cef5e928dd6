namespace Krait.Generators.Parsing;

/// <summary>The state that all rules share while one controller is parsed.</summary>
internal sealed record ControllerContext(
    INamedTypeSymbol Symbol,
    ControllerAttribute Attribute,
    RoutePattern Route,
    KnownSymbols Known,
    Findings Findings,
    CancellationToken CancellationToken)
{
    public string Name => Symbol.Name;

    /// <summary>The types and members that the generated file will name.</summary>
    public Mentions Mentions { get; } = new();

    /// <summary>The name of the class on the part that has the attribute.</summary>
    public Func<Location?> ClassPlace => Places.Class(Attribute.Data, Symbol);

    /// <summary>The parameters of the primary constructor.</summary>
    public static IEnumerable<IParameterSymbol> PrimaryParameters(INamedTypeSymbol type) => type.InstanceConstructors
        .Where(constructor =>
            constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax))
        .SelectMany(constructor => constructor.Parameters);

    /// <summary>Whether generated code inside the controller can name the type.</summary>
    public bool CanName(ITypeSymbol type) =>
        (type is INamedTypeSymbol { IsUnboundGenericType: true, TypeKind: not TypeKind.Error }
            || type.SpecialType == SpecialType.System_Void
            || !type.IsUnnameable)
            && CanUse(type);

    public bool CanUse(ISymbol symbol) => Known.Compilation.IsSymbolAccessibleWithin(symbol, Symbol);

    /// <summary>
    /// Refuses a type that does not exist. The compiler reports it, or the analyzer if another generator writes the type.
    /// </summary>
    public void RefuseMissing(ITypeSymbol type)
    {
        var missing = type.Pieces().FirstOrDefault(piece => piece.TypeKind == TypeKind.Error);
        RefuseUnseen($"'{missing?.Name ?? type.ToSentence()}'");
    }

    /// <inheritdoc cref="RefuseMissing"/>
    public void RefuseUnseen(string name) => Findings.Refuse(GeneratedPart.Unseen(
        Name,
        $"the Krait generator cannot see {name}, which another source generator writes; "
            + "write it yourself, or put it into a referenced project"));
}
