namespace Krait.Generators.Parsing;

/// <summary>Finds the [RoomPosition] properties of the messages that a controller sends.</summary>
internal static class PositionParser
{
    /// <summary>The properties of types among what a controller sends, most derived type first.</summary>
    public static EquatableArray<PositionSpec> Of(ControllerContext context, ITypeSymbol sends, bool hasCodec)
    {
        var known = context.Known;
        if (known.RoomPosition is null || (!hasCodec && MessageType.Codec(sends, known) != MessageCodecKind.Json))
            return default;

        var properties = new PropertyOfTypes(
            context, sends, known.RoomPosition, Rules.UnfitPosition, (property, type) => Unfit(context, property, type));
        return properties.Of(Types(known, sends, hasCodec).Where(type => type.TypeKind != TypeKind.Interface))
            .Select(found => new PositionSpec(properties.Narrower(found.Type), found.Property.Name, IsAssigned(found.Type)))
            .ToEquatableArray();
    }

    // A codec may write any derived type.
    private static IEnumerable<ITypeSymbol> Types(KnownSymbols known, ITypeSymbol sends, bool hasCodec)
    {
        var types = Union.Derived(sends, known).Append(sends);
        return !hasCodec || sends.IsSealed ? types
            : types.Concat(known.Index.DerivedFrom(sends.Name).Where(type => known.IsAssignable(type, sends)));
    }

    private static string? Unfit(ControllerContext context, IPropertySymbol property, ITypeSymbol type) =>
        property.SetMethod is { } setter && context.CanUse(setter) && !(setter.IsInitOnly && IsAssigned(type))
            ? null
            : $"it cannot be set; make '{property.ContainingType.ToSentence()}' a record, or add a setter";

    private static bool IsAssigned(ITypeSymbol type) => type.IsReferenceType && !type.IsRecord;
}
