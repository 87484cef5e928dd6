namespace Krait.Generators.Parsing;

/// <summary>
/// Reports unions that System.Text.Json cannot read or write, so that you do not see its exception only at the first
/// message.
/// </summary>
internal static class JsonUnionRules
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <summary>
    /// Checks a union in JSON that is read or written, and whose derived types may have handlers.
    /// </summary>
    public static void Check(ControllerContext context, MessageType message, bool isReceived, bool isTakenApart)
    {
        var union = message.Type;
        var listed = union.FindAll(context.Known.JsonDerivedType).ToList();
        var polymorphic = Find(union, "JsonPolymorphicAttribute");
        var inferred = listed.Count == 0 ? ClosedHierarchy.Inferred(union).ToList() : [];
        var isAsked = isReceived
            && (isTakenApart || union is { IsAbstract: true, TypeKind: TypeKind.Class })
            && !MayBeConverted(union, context);
        if (Fault(union, inferred, polymorphic) is { } fault)
            context.Findings.Add(Rules.UnfitUnion, message.Place, union.ToSentence(), fault);
        else if (listed.Count == 0 && inferred.Count == 0 && (polymorphic is not null || isAsked))
            context.Findings.Add(
                Rules.UnfitUnion,
                message.Place,
                union.ToSentence(),
                "it lists no derived types; add [JsonDerivedType] for each, or a [MessageCodec] that decodes it");

        var property = polymorphic?.Named("TypeDiscriminatorPropertyName") as string;
        for (var index = 0; index < listed.Count; index++)
            new DerivedTypeRules(context, message, isReceived, property).Check(listed[index], listed.Take(index).ToList());
    }

    /// <summary>The fault of a C# union, or of the types that the serializer infers; null if there is none.</summary>
    private static string? Fault(ITypeSymbol union, List<ITypeSymbol> inferred, AttributeData? polymorphic)
    {
        if (ClosedHierarchy.IsLanguageUnion(union))
            return "a C# union has no type tag on the wire; derive its types from one base that lists them in "
                + "[JsonDerivedType], or add a [MessageCodec] that decodes it";
        if (inferred.GroupBy(type => type.Name).FirstOrDefault(same => same.Skip(1).Any()) is { } same)
            return $"several of its types have the name '{same.Key}', which is also their discriminator; rename one of them";

        var property = polymorphic?.Named("TypeDiscriminatorPropertyName") as string;
        return property is not null && inferred.Find(type => Properties(type).Contains(property)) is { } taken
            ? $"the property '{property}' of '{taken.ToSentence()}' has the name of the discriminator; rename one of them"
            : null;
    }

    /// <summary>Reports replies that the serializer will refuse, because the sent union does not list them.</summary>
    public static void CheckReplies(ControllerContext context, ITypeSymbol sends, List<Handler> handlers)
    {
        var (known, listed) = (context.Known, Union.Derived(sends, context.Known).ToList());
        if (listed.Count == 0
            || Find(sends, "JsonPolymorphicAttribute")?.NamedArguments.Any(argument =>
                argument is { Key: "UnknownDerivedTypeHandling", Value.Value: not 0 }) == true)
            return;

        foreach (var handler in handlers.Where(handler => handler.Kind is not (HandlerKind.OnUpgrade or HandlerKind.OnClose)))
        {
            if (handler.Value?.WithoutNull() is { } type
                && known.IsAssignable(type, sends)
                && !known.IsAssignable(sends, type)
                && !listed.Exists(other => known.IsAssignable(other, type)))
                context.Findings.Add(
                    Rules.UnsendableReply,
                    Places.Returned(handler.Method),
                    handler.Name,
                    type.ToSentence(sends),
                    UnionRules.Unlisted(sends, type));
        }
    }

    /// <summary>
    /// Whether the type has a converter, or the options of the context that the controller names. If it names none, the
    /// context is not known yet.
    /// </summary>
    private static bool MayBeConverted(ITypeSymbol union, ControllerContext context) =>
        Find(union, "JsonConverterAttribute") is not null || union.ToDisplayString() == "System.Text.Json.Nodes.JsonNode"
        || (context.Attribute.JsonContext is { } named
            && Find(named, "JsonSourceGenerationOptionsAttribute")?.NamedArguments.Any(argument =>
                argument.Key == "Converters") == true);

    /// <summary>The names of a type's properties in JSON, without regard to a naming policy.</summary>
    public static IEnumerable<string> Properties(ITypeSymbol type) =>
        from candidate in Union.Bases(type)
        where type.TypeKind == TypeKind.Interface || candidate.TypeKind != TypeKind.Interface
        from property in candidate.GetMembers().OfType<IPropertySymbol>()
        where property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
            && Find(property, "JsonIgnoreAttribute") is null
        select Find(property, "JsonPropertyNameAttribute") is { ConstructorArguments: [{ Value: string name }] }
            ? name
            : property.Name;

    private static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { } type
            && Union.Bases(type).Any(candidate => candidate.Name == name && candidate.ToDisplayString() == Serialization + name));
}
