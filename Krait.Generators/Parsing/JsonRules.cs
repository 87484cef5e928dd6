using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Describes message types, with the context of those that are JSON where it can be known by now.</summary>
internal static class JsonRules
{
    public static MessageSpec Describe(ControllerContext context, MessageType message)
    {
        var spec = message.ToSpec(context.Known);
        if (spec.Codec != MessageCodecKind.Json || message.Type.IsMissing)
            return spec;
        if (context.Attribute.JsonContext is { } named)
            return Named(context, spec, named);

        if (TypeNames.EffectiveAccessibility(message.Type) == Accessibility.Private)
        {
            context.Findings.Add(Rules.NoJsonContext, message.Place, spec.DisplayName, "it is less accessible than internal, so no JsonSerializerContext sees it; make it internal");
            return spec;
        }

        // The generator joins contexts and controllers later.
        return context.Known.JsonContexts is { } contexts ? JsonContextChoice.Choose(spec, contexts.Value, context.Findings, message.Place) : spec;
    }

    private static MessageSpec Named(ControllerContext context, MessageSpec spec, INamedTypeSymbol named)
    {
        var described = JsonContextParser.Describe(named);
        var isUsable = described.CanBeUsed && JsonContextParser.IsContext(named, context.Known) && Constants.IsVisible(named, context.Symbol, context.Known.Compilation);
        var unfit = !isUsable ? "is no JsonSerializerContext that can be used here; name one that is partial and accessible"
            : !described.Types.Contains(spec.Key) ? $"has no [JsonSerializable(typeof({spec.DisplayName}))]; add it there"
            : null;
        if (unfit is not null)
            context.Findings.Add(Rules.NoJsonContext, context.Attribute.Place("JsonContext"), spec.DisplayName, $"'{described.DisplayName}' {unfit}");

        return spec with { JsonContext = described.Name };
    }
}
