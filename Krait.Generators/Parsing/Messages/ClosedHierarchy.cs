namespace Krait.Generators.Parsing;

/// <summary>Knows the closed hierarchies and unions of C# 15 by what they leave in metadata, since this compiler's own model has neither.</summary>
internal static class ClosedHierarchy
{
    private const string CompilerServices = "System.Runtime.CompilerServices.";

    /// <summary>The types of a closed hierarchy for which the serializer infers discriminators, their simple names; none where it does not.</summary>
    public static IEnumerable<ITypeSymbol> Inferred(ITypeSymbol type, KnownSymbols known)
    {
        var polymorphic = type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "JsonPolymorphicAttribute");
        return polymorphic?.Named("InferClosedTypePolymorphism") is true ? Derived(type, known) : [];
    }

    /// <summary>Whether a type is a union of the language, which holds one of several types and does not say on the wire which.</summary>
    public static bool IsLanguageUnion(ITypeSymbol type) =>
        Find(type, "UnionAttribute") is not null || type.AllInterfaces.Any(candidate => candidate.ToDisplayString() == CompilerServices + "IUnion");

    /// <summary>The types that derive directly, and in place of a closed one those that derive from it.</summary>
    private static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type, KnownSymbols known)
    {
        var direct = Find(type, "IsClosedTypeAttribute") is { } closed ? Listed(closed)
            : IsDeclaredClosed(type) ? KnownSymbols.Types(type.ContainingAssembly.GlobalNamespace).Where(derived => derived.BaseType.Is(type))
            : [];
        return direct.SelectMany(derived => Derived(derived, known).ToList() is { Count: > 0 } inner ? inner : [derived]);
    }

    private static IEnumerable<ITypeSymbol> Listed(AttributeData closed)
    {
        var types = closed.NamedArguments.FirstOrDefault(argument => argument.Key == "DerivedTypes").Value;
        return types is { Kind: TypedConstantKind.Array, IsNull: false } ? types.Values.Select(value => value.Value).OfType<ITypeSymbol>() : [];
    }

    /// <summary>In source the word is a modifier; the compiler adds the attribute only when it writes the assembly.</summary>
    private static bool IsDeclaredClosed(ITypeSymbol type) => type.DeclaringSyntaxReferences.Any(part =>
        part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(word => word.ValueText == "closed"));

    private static AttributeData? Find(ITypeSymbol type, string name) =>
        type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == name && attribute.AttributeClass.ToDisplayString() == CompilerServices + name);
}
