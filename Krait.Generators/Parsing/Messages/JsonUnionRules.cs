namespace Krait.Generators.Parsing;

/// <summary>Holds unions to what System.Text.Json can read and write: what it would refuse at the first message, or never come to, is said at once.</summary>
internal static class JsonUnionRules
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <summary>Checks a union that is JSON: one that is read or written, and that handlers of derived types may take apart.</summary>
    public static void Check(ControllerContext context, MessageType message, bool isReceived, bool isTakenApart)
    {
        var union = message.Type;
        var listed = union.FindAll(context.Known.JsonDerivedType).ToList();
        var polymorphic = Find(union, "JsonPolymorphicAttribute");
        var isAsked = isReceived && (isTakenApart || union is { IsAbstract: true, TypeKind: TypeKind.Class }) && !MayBeConverted(union, context);
        if (listed.Count == 0 && (polymorphic is not null || isAsked))
            context.Findings.Add(Rules.UnfitUnion, message.Place, union.ToSentence(), "it lists no derived types; add [JsonDerivedType] for each, or a [MessageCodec] that decodes it");

        var property = polymorphic?.Named("TypeDiscriminatorPropertyName") as string;
        for (var index = 0; index < listed.Count; index++)
        {
            if (Unfit(listed[index], listed.Take(index)) is ({ } reason, var argument))
                context.Findings.Add(Rules.UnfitUnion, Places.Argument(listed[index], argument, message.Place), union.ToSentence(), reason);
        }

        (string? Reason, string Argument) Unfit(AttributeData attribute, IEnumerable<AttributeData> before)
        {
            if (TypeOf(attribute) is not { } type)
                return default; // the compiler says more

            var (name, discriminator) = (type.ToSentence(), Discriminator(attribute));
            if (discriminator is not null && before.FirstOrDefault(other => Discriminator(other) == discriminator && !TypeOf(other).Is(type)) is { } same)
                return ($"'{discriminator}' already stands for '{TypeOf(same)?.ToSentence()}'; give '{name}' another discriminator", "typeDiscriminator");

            var reason = union.IsSealed || union.IsValueType ? "nothing can derive from it; remove [JsonDerivedType]"
                : type is INamedTypeSymbol { IsUnboundGenericType: true } || !context.Known.IsAssignable(type, union) ? $"'{name}' does not derive from it; let it, or remove it from the list"
                : isReceived && type.IsAbstract ? $"'{name}' is abstract, so no message can be one; list the types that derive from it"
                : before.Any(other => TypeOf(other).Is(type)) ? $"'{name}' is listed twice; remove one"
                : isReceived && discriminator is null && !type.Is(union) ? $"'{name}' has no discriminator, so no message can say that it is one; add one behind the type"
                : property is not null && Properties(type).Contains(property) ? $"'{name}' has a property '{property}', which is the name of the discriminator; rename one of them"
                : null;
            return (reason, "derivedType");
        }
    }

    /// <summary>Reports replies that the serializer will refuse, since the union that is sent does not list them.</summary>
    public static void CheckReplies(ControllerContext context, ITypeSymbol sends, List<Handler> handlers)
    {
        var (known, listed) = (context.Known, Union.Derived(sends, context.Known).ToList());
        if (listed.Count == 0 || Find(sends, "JsonPolymorphicAttribute")?.NamedArguments.Any(argument => argument is { Key: "UnknownDerivedTypeHandling", Value.Value: not 0 }) == true)
            return;

        var unlisted = $"'{sends.ToSentence()}', which does not list it in [JsonDerivedType]; list it there";
        foreach (var handler in handlers.Where(handler => handler.Kind is not (HandlerKind.OnUpgrade or HandlerKind.OnClose)))
        {
            if (handler.Value?.WithoutNull() is { } type && known.IsAssignable(type, sends) && !known.IsAssignable(sends, type) && !listed.Exists(other => known.IsAssignable(other, type)))
                context.Findings.Add(Rules.UnsendableReply, Places.Returned(handler.Method), handler.Name, type.ToSentence(), unlisted);
        }
    }

    /// <summary>Whether a converter stands at the type, or in the options of the context that the controller names; which context another one gets is not known by now.</summary>
    private static bool MayBeConverted(ITypeSymbol union, ControllerContext context) =>
        Find(union, "JsonConverterAttribute") is not null
        || (context.Attribute.JsonContext is { } named && Find(named, "JsonSourceGenerationOptionsAttribute")?.NamedArguments.Any(argument => argument.Key == "Converters") == true);

    private static ITypeSymbol? TypeOf(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: ITypeSymbol { TypeKind: not TypeKind.Error } type }, ..] ? type : null;

    private static string? Discriminator(AttributeData attribute) => attribute.ConstructorArguments is [_, { Value: { } value }] ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The names of a type's properties in JSON, but for what a naming policy makes of them.</summary>
    private static IEnumerable<string> Properties(ITypeSymbol type) =>
        from candidate in Union.Bases(type)
        where type.TypeKind == TypeKind.Interface || candidate.TypeKind != TypeKind.Interface
        from property in candidate.GetMembers().OfType<IPropertySymbol>()
        where property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public } && Find(property, "JsonIgnoreAttribute") is null
        select Find(property, "JsonPropertyNameAttribute") is { ConstructorArguments: [{ Value: string name }] } ? name : property.Name;

    private static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute =>
        attribute.AttributeClass is { } type && Union.Bases(type).Any(candidate => candidate.Name == name && candidate.ToDisplayString() == Serialization + name));
}
