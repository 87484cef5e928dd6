namespace Krait.Generators.Parsing;

/// <summary>
/// Recognizes the closed hierarchies and unions of C# 15 by their metadata, because this compiler's API has neither.
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
    /// Whether a type is a C# union. It holds one of several types, but its JSON does not say which.
    /// </summary>
    public static bool IsLanguageUnion(ITypeSymbol type) =>
        Find(type, "UnionAttribute") is not null
        || type.AllInterfaces.Any(candidate => candidate.ToDisplayString() == CompilerServices + "IUnion");

    /// <summary>The directly derived types. An abstract one is replaced by the types that derive from it.</summary>
    /// <remarks>
    /// A newer compiler hides the attribute that lists them. All derived types are in the assembly of the closed type.
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
