namespace Krait.Generators.Parsing;

/// <summary>Reads which types a JsonSerializerContext describes.</summary>
internal static class JsonContextParser
{
    /// <summary>The value of JsonSourceGenerationMode that writes no metadata, so that nothing can be read.</summary>
    public const int Serialization = 2;

    // A value of JsonSerializerDefaults.
    private const int StrictDefaults = 2;

    /// <summary>Reads a class with [JsonSerializable]; null if it is not a context, or if other files cannot name it.</summary>
    public static JsonContextSpec? Parse(INamedTypeSymbol symbol, KnownSymbols known) =>
        IsContext(symbol, known) && TypeNames.EffectiveAccessibility(symbol) != Accessibility.Private && !symbol.IsUnnameable
            ? Describe(symbol)
            : null;

    /// <summary>Reads a context that a controller names.</summary>
    public static JsonContextSpec Describe(INamedTypeSymbol symbol)
    {
        var attributes = symbol.GetAttributes();
        var listed = attributes.Where(attribute =>
            attribute.AttributeClass?.ToKey() == "global::" + KnownSymbols.JsonSerializableAttributeName).ToList();
        var options = attributes.FirstOrDefault(attribute =>
            attribute.AttributeClass is { Name: "JsonSourceGenerationOptionsAttribute" });
        return new(
            symbol.ToTypeRef(),
            Keys(listed),
            symbol.GetMembers("Default").Length > 0 || IsCompleted(symbol))
        {
            WriteOnly = Keys(listed.Where(attribute => (Mode(attribute) ?? Mode(options)) == Serialization)),
            HasConverters = options?.NamedArguments.Any(argument => argument.Key == "Converters") == true,
            IsStrict = options is not null && IsStrict(options),
            Warnings = Mentions.IdsOf(symbol),
            IsForbidden = Mentions.IsForbiddenType(symbol),
        };
    }

    private static EquatableArray<string> Keys(IEnumerable<AttributeData> listed) =>
        listed.Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol type }] ? type.ToKey() : "")
            .Where(type => type.Length > 0).Distinct().OrderBy(type => type, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>The mode that the attribute sets; null if it sets none.</summary>
    private static int? Mode(AttributeData? attribute) =>
        attribute?.Named("GenerationMode") is int mode && mode != 0 ? mode : null;

    private static bool IsStrict(AttributeData options) => options.ConstructorArguments is [{ Value: StrictDefaults }]
        || (options.Named("RespectNullableAnnotations") is true && options.Named("RespectRequiredConstructorParameters") is true);

    /// <summary>
    /// Whether the serializer's generator completes it. It must be partial, and incomplete attributes make that generator
    /// fail while you type.
    /// </summary>
    private static bool IsCompleted(INamedTypeSymbol symbol) =>
        symbol.Nest().All(type => type.Name.Length > 0 && KnownSymbols.IsPartial(type))
        && symbol.GetAttributes().Where(attribute => attribute.AttributeClass is { ContainingNamespace.Name: "Serialization" })
            .All(IsRight);

    /// <summary>Skips missing types as the serializer's generator does; another generator may write them.</summary>
    private static bool IsRight(AttributeData attribute) =>
        attribute.AttributeConstructor is not null
        && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error)
        && (attribute.AttributeClass?.Name == "JsonSerializableAttribute"
            || attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error));

    public static bool IsContext(INamedTypeSymbol symbol, KnownSymbols known) =>
        symbol.Line().Skip(1).Any(type => type.Is(known.JsonContext));

    /// <summary>Sorts contexts, so that every step and every build sees the same order.</summary>
    public static EquatableArray<JsonContextSpec> Sort(IEnumerable<JsonContextSpec> contexts) =>
        contexts.Distinct().OrderBy(context => context.Type.Reference, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>Finds the contexts of a whole project, for the analyzers.</summary>
    public static EquatableArray<JsonContextSpec> FindAll(KnownSymbols known) =>
        Sort(
            from type in known.Index.WithAttribute("JsonSerializableAttribute")
            let context = Parse(type, known)
            where context is { Types.Count: > 0 }
            select context);
}
