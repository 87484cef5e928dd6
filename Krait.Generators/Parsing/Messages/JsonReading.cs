namespace Krait.Generators.Parsing;

/// <summary>Checks that the context of a received JSON message can read it, and that it rejects missing values.</summary>
internal static class JsonReading
{
    /// <summary>Describes what reading messages of a type, and of the types that it lists, needs.</summary>
    /// <param name="message">The type.</param>
    /// <param name="known">The symbols of the project.</param>
    /// <param name="suggests">Whether to look for suggestions, which the generator does not need.</param>
    public static ReadingSpec Describe(ITypeSymbol message, KnownSymbols known, bool suggests)
    {
        var types = Union.Derived(message, known).Prepend(message).ToList();
        foreach (var type in types)
        {
            if (JsonConstruction.Unfit(type, known) is { } reason)
                return new(type.ToSentence(), reason, Promise: null);
        }

        return new(
            Unmade: null, Reason: null, suggests ? types.Select(Promise).FirstOrDefault(promise => promise is not null) : null);
    }

    /// <summary>Reports a message that the context cannot read, or suggests the options that reject missing values.</summary>
    public static void Check(MessageSpec message, JsonContextSpec context, Findings findings, Func<Location?> place)
    {
        if (message.Reading is not { } reading)
            return;

        if (context.WriteOnly.Contains(message.Type.Key))
            findings.Add(Rules.WriteOnlyContext, place, context.Type.DisplayName, message.Type.DisplayName);
        else if (reading.Unmade is { } unmade && !context.HasConverters)
            findings.Add(Rules.UnmakeableMessage, place, unmade, reading.Reason!);
        else if (reading.Promise is { } promise && !context.IsStrict)
            findings.Suggest(Rules.UncheckedNullability, place, promise, context.Type.DisplayName);
    }

    /// <summary>A property whose type does not allow null, or a required parameter of the constructor.</summary>
    private static string? Promise(ITypeSymbol type)
    {
        var parameter = JsonConstruction.Choose(type)?.Parameters
            .FirstOrDefault(parameter => !parameter.HasExplicitDefaultValue && IsNeverNull(parameter.Type));
        var property = type.GetMembers().OfType<IPropertySymbol>()
            .FirstOrDefault(property => IsRead(property) && IsNeverNull(property.Type));
        return (parameter?.Name ?? property?.Name) is { } name ? $"{type.ToSentence()}.{name}" : null;
    }

    private static bool IsRead(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, SetMethod: not null };

    private static bool IsNeverNull(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
}
