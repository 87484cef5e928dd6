namespace Krait.Generators.Parsing;

/// <summary>Finds the [TraceParent] properties of the messages that a controller receives.</summary>
internal static class TraceParentParser
{
    /// <summary>The properties of types among what a controller receives, most derived type first.</summary>
    /// <param name="context">The controller.</param>
    /// <param name="receives">The type that it receives.</param>
    /// <param name="handled">The types that its handlers take.</param>
    public static EquatableArray<PropertySpec> Of(
        ControllerContext context, ITypeSymbol receives, IEnumerable<ITypeSymbol> handled)
    {
        if (context.Known.TraceParent is not { } mark || !MessageType.HasMembers(receives, context.Known))
            return default;

        var properties = new PropertyOfTypes(
            context, receives, mark, Rules.UnfitTraceParent, (property, _) => Unfit(context, property));
        var types = Union.Derived(receives, context.Known).Concat(handled)
            .Where(type => context.Known.IsAssignable(type, receives));
        return properties.Of(types.Append(receives))
            .Select(found => new PropertySpec(properties.Narrower(found.Type), found.Property.Name))
            .ToEquatableArray();
    }

    private static string? Unfit(ControllerContext context, IPropertySymbol property) =>
        property.GetMethod is { } getter && context.CanUse(getter)
            ? null
            : "generated code cannot read it; add a getter that is at least internal";
}
