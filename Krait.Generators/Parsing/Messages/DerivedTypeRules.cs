namespace Krait.Generators.Parsing;

/// <summary>Checks each [JsonDerivedType] of a union by the rules of System.Text.Json.</summary>
/// <param name="context">The controller.</param>
/// <param name="message">The union.</param>
/// <param name="isReceived">Whether messages of it are read.</param>
/// <param name="property">The property that holds the discriminator; null for the serializer's own.</param>
internal sealed class DerivedTypeRules(ControllerContext context, MessageType message, bool isReceived, string? property)
{
    /// <summary>Reports an attribute that the serializer would refuse, or whose discriminator another type has.</summary>
    public void Check(AttributeData attribute, List<AttributeData> before)
    {
        if (TypeOf(attribute) is not { } type)
            return; // the compiler reports it

        if (SameDiscriminator(attribute, type, before) is { } repeated)
            Report("typeDiscriminator", repeated);
        else if (Unfit(type, Discriminator(attribute), before) is { } reason)
            Report("derivedType", reason);

        void Report(string argument, string reason) => context.Findings.Add(
            Rules.UnfitUnion, Places.Argument(attribute, argument, message.Place), message.Type.ToSentence(), reason);
    }

    private static string? SameDiscriminator(AttributeData attribute, ITypeSymbol type, List<AttributeData> before)
    {
        if (Discriminator(attribute) is not { } discriminator)
            return null;

        var same = before.FirstOrDefault(other => discriminator.Equals(Discriminator(other)) && !TypeOf(other).Is(type));
        return same is null
            ? null
            : $"'{TypeOf(same)?.ToSentence()}' already has the discriminator '{discriminator}'; "
                + $"give '{type.ToSentence()}' another one";
    }

    private string? Unfit(ITypeSymbol type, object? discriminator, List<AttributeData> before)
    {
        var name = type.ToSentence();
        if (message.Type.IsSealed || message.Type.IsValueType)
            return "no type can derive from it; remove [JsonDerivedType]";
        if (type is INamedTypeSymbol { IsUnboundGenericType: true } || !context.Known.IsAssignable(type, message.Type))
            return $"'{name}' does not derive from it; change that, or remove [JsonDerivedType]";
        if (isReceived && type.IsAbstract)
            return $"'{name}' is abstract, so no message can have that type; list its derived types instead";
        if (before.Any(other => TypeOf(other).Is(type)))
            return $"'{name}' is listed twice; remove one";
        if (isReceived && discriminator is null && !type.Is(message.Type))
            return $"'{name}' has no discriminator, so Krait cannot recognize its messages; add one after the type";
        if (property is not null && JsonUnionRules.Properties(type).Contains(property))
            return $"the property '{property}' of '{name}' has the name of the discriminator; rename one of them";

        return null;
    }

    private static ITypeSymbol? TypeOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: ITypeSymbol { TypeKind: not TypeKind.Error } type }, ..] ? type : null;

    /// <summary>A text or a number: the serializer tells 1 from "1".</summary>
    private static object? Discriminator(AttributeData attribute) =>
        attribute.ConstructorArguments is [_, { Value: { } value }] ? value : null;
}
