namespace Krait.Generators.Parsing;

/// <summary>KRAIT081: attributes such as [Required] on a received message, which nothing checks.</summary>
internal static class ValidationRules
{
    private const string Validation = "System.ComponentModel.DataAnnotations.ValidationAttribute";

    public static void Check(ControllerContext context, MessageType message)
    {
        if (!context.Findings.AreTold)
            return; // binding the attributes of every member after every edit costs too much for a suggestion

        foreach (var type in Union.Derived(message.Type, context.Known).Prepend(message.Type).OfType<INamedTypeSymbol>())
        {
            foreach (var (member, attribute) in Validated(type))
            {
                var place = Places.Of(attribute, message.Place);
                context.Findings.Suggest(Rules.UncheckedValidation, place, Name(attribute), $"{type.ToSentence()}.{member.Name}");
            }
        }
    }

    private static IEnumerable<(ISymbol Member, AttributeData Attribute)> Validated(INamedTypeSymbol type) =>
        from member in type.GetMembers().Concat(type.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
        where member is IPropertySymbol or IFieldSymbol or IParameterSymbol
        from attribute in member.GetAttributes()
        where IsValidation(attribute)
        select (member, attribute);

    private static bool IsValidation(AttributeData attribute) =>
        attribute.AttributeClass?.Line().Any(type =>
            type.Name == "ValidationAttribute" && type.ToDisplayString() == Validation) == true;

    private static string Name(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");
}
