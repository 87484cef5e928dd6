namespace Krait.Generators.Parsing;

/// <summary>Holds unions to what System.Text.Json can read and write: what it would refuse at the first message, or never come to, is said at once.</summary>
internal static class JsonUnionRules
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <summary>Checks a union that is JSON: one that is read or written, and that handlers of derived types may take apart.</summary>
    public static void Check(ControllerContext context, MessageType message, bool isReceived, bool isTakenApart)
    {
        var union = message.Type;
        var listed = Union.Listing(union, context.Known).ToList();
        if (listed.Count == 0)
        {
            var isEmpty = Find(union, "JsonPolymorphicAttribute") is not null || (isReceived && (isTakenApart || union is { IsAbstract: true, TypeKind: TypeKind.Class }) && Find(union, "JsonConverterAttribute") is null);
            if (isEmpty)
                context.Findings.Add(Rules.UnfitUnion, message.Place, union.ToSentence(), "it lists no derived types; add [JsonDerivedType] for each, or a [MessageCodec] that decodes it");
            return;
        }

        var property = Find(union, "JsonPolymorphicAttribute")?.Named("TypeDiscriminatorPropertyName") as string;
        for (var index = 0; index < listed.Count; index++)
        {
            if (Unfit(listed[index], listed.Take(index)) is { } reason)
                context.Findings.Add(Rules.UnfitUnion, Places.Of(listed[index], message.Place), union.ToSentence(), reason);
        }

        string? Unfit(AttributeData attribute, IEnumerable<AttributeData> before)
        {
            if (TypeOf(attribute) is not { } type)
                return null; // the compiler says more

            var discriminator = Discriminator(attribute);
            return union.IsSealed || union.IsValueType ? "nothing can derive from it"
                : type is INamedTypeSymbol { IsUnboundGenericType: true } || !context.Known.IsAssignable(type, union) ? $"'{type.ToSentence()}' does not derive from it"
                : isReceived && type.IsAbstract ? $"'{type.ToSentence()}' is abstract, so no message can be one"
                : before.Any(other => SymbolEqualityComparer.Default.Equals(TypeOf(other), type)) ? $"'{type.ToSentence()}' is listed twice"
                : discriminator is not null && before.FirstOrDefault(other => Discriminator(other) == discriminator) is { } same ? $"'{discriminator}' already stands for '{TypeOf(same)?.ToSentence()}'"
                : isReceived && discriminator is null && !SymbolEqualityComparer.Default.Equals(type, union) ? $"'{type.ToSentence()}' has no discriminator, so no message can say that it is one"
                : property is not null && Properties(type).Any(candidate => candidate == property) ? $"'{type.ToSentence()}' has a property '{property}', which is the name of the discriminator"
                : null;
        }
    }

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
