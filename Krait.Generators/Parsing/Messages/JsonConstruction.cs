namespace Krait.Generators.Parsing;

/// <summary>Finds out whether, and with which constructor, System.Text.Json can create an object of a type.</summary>
internal static class JsonConstruction
{
    private const string NoTypes =
        "it is an interface without [JsonDerivedType]; take a class, or list the types that implement it";

    private const string NoConstructor = "it has no public constructor, or several; mark the one to use with [JsonConstructor]";

    /// <summary>Why the serializer can never create one; null if it can, or if a converter may.</summary>
    public static string? Unfit(ITypeSymbol type, KnownSymbols known)
    {
        // The cheap checks come first: this runs for every type after every edit, and most types can be created.
        if (CanBeMade(type) || !IsPlain(type) || known.MayBeCompleted(type))
            return null;

        return type.TypeKind == TypeKind.Interface ? NoTypes : NoConstructor;
    }

    /// <summary>The constructor that the serializer uses; null if it cannot choose, or if there is no class or struct.</summary>
    public static IMethodSymbol? Choose(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named)
            return null;

        var all = named.InstanceConstructors;
        var open = all.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        return all.FirstOrDefault(constructor => constructor.Has("JsonConstructorAttribute"))
            ?? open.Find(constructor => constructor.Parameters.IsEmpty)
            ?? (open is [var only] ? only : null);
    }

    private static bool CanBeMade(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return type.Has("JsonDerivedTypeAttribute");
        if (type.IsAbstract || type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named)
            return true;

        var open = 0;
        foreach (var constructor in named.InstanceConstructors)
        {
            if (constructor.DeclaredAccessibility != Accessibility.Public)
                continue;
            if (constructor.Parameters.IsEmpty)
                return true;

            open++;
        }

        return open == 1 || Choose(type) is not null;
    }

    /// <summary>
    /// Whether the serializer reads the type by its properties: it has no converter for it, and the type is not a
    /// collection.
    /// </summary>
    private static bool IsPlain(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Interface, SpecialType: SpecialType.None }
        && !$"{type.ContainingNamespace}.".StartsWith("System.", StringComparison.Ordinal)
        && !type.GetAttributes().SelectMany(attribute => attribute.AttributeClass?.Line() ?? [])
            .Any(line => line.Name == "JsonConverterAttribute")
        && !type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable);
}
