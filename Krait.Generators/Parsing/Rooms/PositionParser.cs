namespace Krait.Generators.Parsing;

/// <summary>Finds the [RoomPosition] properties of the messages that a controller sends.</summary>
internal sealed class PositionParser
{
    private readonly ControllerContext context;
    private readonly ITypeSymbol sends;
    private readonly List<(ITypeSymbol Type, IPropertySymbol Property)> found = [];
    private readonly HashSet<IPropertySymbol> refused = new(SymbolEqualityComparer.Default);

    private PositionParser(ControllerContext context, ITypeSymbol sends) => (this.context, this.sends) = (context, sends);

    private KnownSymbols Known => context.Known;

    /// <summary>The properties of types among what a controller sends, most derived type first.</summary>
    public static EquatableArray<PositionSpec> Of(ControllerContext context, ITypeSymbol sends, bool hasCodec)
    {
        if (context.Known.RoomPosition is null
            || (!hasCodec && MessageType.Codec(sends, context.Known) != MessageCodecKind.Json))
            return default;

        var parser = new PositionParser(context, sends);
        foreach (var type in parser.Types(hasCodec).Where(type => type.TypeKind != TypeKind.Interface))
            parser.Add(type);

        return parser.found.Select(parser.Describe).ToEquatableArray();
    }

    // A codec may write any derived type.
    private IEnumerable<ITypeSymbol> Types(bool hasCodec)
    {
        var types = Union.Derived(sends, Known).Append(sends);
        return !hasCodec || sends.IsSealed ? types
            : types.Concat(Known.Index.DerivedFrom(sends.Name).Where(type => Known.IsAssignable(type, sends)));
    }

    private void Add(ITypeSymbol type)
    {
        if (Property(type) is not { } property)
            return;

        // Only a type that is sent: 'with' gives the type of the variable.
        var declared = Known.IsAssignable(property.ContainingType, sends) || Known.IsAssignable(sends, property.ContainingType)
            ? property.ContainingType
            : type;
        if (found.Exists(other => other.Type.Is(declared)) || !context.CanName(declared))
            return;

        var wider = found.FindIndex(other => Known.IsAssignable(declared, other.Type));
        found.Insert(wider < 0 ? found.Count : wider, (declared, property));
        context.Mentions.Add(declared);
        context.Mentions.AddMember(property);
    }

    /// <summary>The marked property of a type, if rooms can set it.</summary>
    private IPropertySymbol? Property(ITypeSymbol type)
    {
        var marked = MarkedProperties.Of(type, Known.RoomPosition, Known);
        if (marked is [_, var second, ..])
            return Refuse(second, $"'{type.ToSentence()}' has it twice; mark only one property");
        if (marked is not [var only])
            return null;
        if (only.Type.SpecialType != SpecialType.System_String)
            return Refuse(only, $"its type is '{only.Type.ToSentence()}'; make it a string");

        return only.SetMethod is { } setter && context.CanUse(setter) && !(setter.IsInitOnly && IsAssigned(type))
            ? only
            : Refuse(only, $"it cannot be set; make '{only.ContainingType.ToSentence()}' a record, or add a setter");
    }

    private PositionSpec Describe((ITypeSymbol Type, IPropertySymbol Property) position) => new(
        Known.IsAssignable(sends, position.Type) ? null : position.Type.ToTypeRef(),
        position.Property.Name,
        IsAssigned(position.Type));

    private static bool IsAssigned(ITypeSymbol type) => type.IsReferenceType && !type.IsRecord;

    private IPropertySymbol? Refuse(IPropertySymbol property, string reason)
    {
        if (refused.Add(property))
            context.Findings.Add(
                Rules.UnfitPosition,
                Place(property),
                $"{property.ContainingType.ToSentence()}.{property.Name}",
                reason);

        return null;
    }

    /// <summary>The mark, or the property that implements a marked one; the class if they are in another assembly.</summary>
    private Func<Location?> Place(IPropertySymbol property) =>
        property.Find(Known.RoomPosition) is { } mark ? Places.Of(mark, context.ClassPlace)
        : property.DeclaringSyntaxReferences.IsEmpty ? context.ClassPlace
        : Places.Of(property);
}
