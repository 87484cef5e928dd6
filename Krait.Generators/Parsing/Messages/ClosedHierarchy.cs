namespace Krait.Generators.Parsing;

/// <summary>
/// Knows the closed hierarchies and unions of C# 15 by their metadata, since this compiler's own model has neither.
/// </summary>
internal static class ClosedHierarchy
{
    private const string CompilerServices = "System.Runtime.CompilerServices.";

    /// <summary>The types of a closed hierarchy, if the serializer infers discriminators for them: their simple names.</summary>
    public static IEnumerable<ITypeSymbol> Inferred(ITypeSymbol type)
    {
        const string name = "JsonPolymorphicAttribute";
        var polymorphic = type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == name);
        return polymorphic?.Named("InferClosedTypePolymorphism") is true && type.IsAbstract ? Derived(type) : [];
    }

    /// <summary>
    /// Whether a type is a union of the language. It holds one of several types, and the wire does not say which.
    /// </summary>
    public static bool IsLanguageUnion(ITypeSymbol type) =>
        Find(type, "UnionAttribute") is not null
        || type.AllInterfaces.Any(candidate => candidate.ToDisplayString() == CompilerServices + "IUnion");

    /// <summary>The types that derive directly, and in place of an abstract one those that derive from it.</summary>
    /// <remarks>
    /// A newer compiler hides the attribute. Whatever derives from a closed type is in its assembly, so it is found there.
    /// </remarks>
    private static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type)
    {
        var direct = Find(type, "IsClosedTypeAttribute") is { } closed
            ? Listed(closed)
            : KnownSymbols.Types(type.ContainingAssembly.GlobalNamespace).Where(derived => derived.BaseType.Is(type));
        return direct.SelectMany(derived => derived.IsAbstract ? Derived(derived) : [derived]);
    }

    private static IEnumerable<ITypeSymbol> Listed(AttributeData closed)
    {
        var types = closed.NamedArguments.FirstOrDefault(argument => argument.Key == "DerivedTypes").Value;
        return types is { Kind: TypedConstantKind.Array, IsNull: false }
            ? types.Values.Select(value => value.Value).OfType<ITypeSymbol>()
            : [];
    }

    private static AttributeData? Find(ITypeSymbol type, string name) => type.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass?.Name == name && attribute.AttributeClass.ToDisplayString() == CompilerServices + name);
}
