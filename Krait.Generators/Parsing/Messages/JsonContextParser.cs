namespace Krait.Generators.Parsing;

/// <summary>Reads which types a JsonSerializerContext describes.</summary>
internal static class JsonContextParser
{
    /// <summary>Reads a class with [JsonSerializable]; null if it is no context that other files can name.</summary>
    public static JsonContextSpec? Parse(INamedTypeSymbol symbol, KnownSymbols known) =>
        IsContext(symbol, known) && TypeNames.EffectiveAccessibility(symbol) != Accessibility.Private && !symbol.IsUnnameable ? Describe(symbol) : null;

    /// <summary>Reads a context that a controller names.</summary>
    public static JsonContextSpec Describe(INamedTypeSymbol symbol)
    {
        var types = symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.ToKey() == "global::" + KnownSymbols.JsonSerializableAttributeName)
            .Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] ? type.ToKey() : "");
        return new(
            symbol.ToReference(),
            symbol.ToSentence(),
            types.Where(type => type.Length > 0).Distinct().OrderBy(type => type, StringComparer.Ordinal).ToEquatableArray(),
            symbol.GetMembers("Default").Length > 0 || IsCompleted(symbol))
        {
            Warnings = Mentions.IdsOf(symbol),
            IsForbidden = Mentions.IsForbiddenType(symbol),
        };
    }

    /// <summary>Whether the serializer's generator completes it: not if it is not partial, and it fails over attributes that are still being typed.</summary>
    private static bool IsCompleted(INamedTypeSymbol symbol) =>
        symbol.Nest().All(type => type.Name.Length > 0 && KnownSymbols.IsPartial(type))
        && symbol.GetAttributes().Where(attribute => attribute.AttributeClass is { ContainingNamespace.Name: "Serialization" }).All(IsRight);

    /// <summary>A listed type may be missing, as another generator may bring it: the serializer's passes over it.</summary>
    private static bool IsRight(AttributeData attribute) =>
        attribute.AttributeConstructor is not null
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error)
        && (attribute.AttributeClass?.Name == "JsonSerializableAttribute" || attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error));

    public static bool IsContext(INamedTypeSymbol symbol, KnownSymbols known) => symbol.Line().Skip(1).Any(type => type.Is(known.JsonContext));

    /// <summary>Puts contexts in the order in which every step and every build sees them.</summary>
    public static EquatableArray<JsonContextSpec> Sort(IEnumerable<JsonContextSpec> contexts) =>
        contexts.Distinct().OrderBy(context => context.Name, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>Finds the contexts of a whole project, for those who see it all at once.</summary>
    public static EquatableArray<JsonContextSpec> FindAll(KnownSymbols known) =>
        Sort(KnownSymbols.Types(known.Compilation.Assembly.GlobalNamespace).Select(type => Parse(type, known)).OfType<JsonContextSpec>().Where(context => context.Types.Count > 0));
}
