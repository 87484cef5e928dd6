namespace Krait.Generators.Parsing;

/// <summary>Writes the attributes of a class, and those that it inherits, as expressions that construct them.</summary>
/// <remarks>Bases come first: of several metadata of one type, ASP.NET Core takes the last.</remarks>
internal static class MetadataParser
{
    public static EquatableArray<string> Parse(ControllerContext context)
    {
        var found = new List<AttributeData>();
        for (var type = context.Symbol; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var derived = found.ToList();
            var isBase = !SymbolEqualityComparer.Default.Equals(type, context.Symbol);
            found.InsertRange(0, type.GetAttributes()
                .InSourceOrder(attribute => attribute.ApplicationSyntaxReference)
                .Where(attribute => IsMetadata(attribute, context) && (!isBase || IsInherited(attribute.AttributeClass!, derived))));
        }

        return found.Select(attribute => Construct(attribute, context)).Where(expression => expression is not null).Select(expression => expression!).ToEquatableArray();
    }

    private static bool IsMetadata(AttributeData attribute, ControllerContext context) =>
        attribute is { AttributeClass: { } type, AttributeConstructor: { } constructor }
        && type.ContainingNamespace.ToDisplayString() is not ("Krait" or "System.CodeDom.Compiler" or "System.Runtime.CompilerServices" or "System.Diagnostics" or "System.Diagnostics.CodeAnalysis")
        && !IsConditional(type)
        && Constants.IsVisible(type, context.Symbol, context.Known.Compilation)
        && context.Known.Compilation.IsSymbolAccessibleWithin(constructor, context.Symbol);

    /// <summary>Whether the compiler itself leaves the attribute out unless a symbol is defined.</summary>
    private static bool IsConditional(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "ConditionalAttribute" });

    private static bool IsInherited(INamedTypeSymbol type, List<AttributeData> derived)
    {
        var usage = Usage(type);
        return Flag("Inherited", true) && (Flag("AllowMultiple", false) || !derived.Any(other => SymbolEqualityComparer.Default.Equals(other.AttributeClass, type)));

        bool Flag(string name, bool otherwise) =>
            usage?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as bool? ?? otherwise;
    }

    /// <summary>The usage that an attribute class declares or inherits.</summary>
    private static AttributeData? Usage(INamedTypeSymbol type) =>
        type.Line().SelectMany(declaring => declaring.GetAttributes()).FirstOrDefault(attribute => attribute.AttributeClass is { Name: "AttributeUsageAttribute" });

    private static string? Construct(AttributeData attribute, ControllerContext context)
    {
        var arguments = attribute.ConstructorArguments.Select(Write).ToList();
        var properties = attribute.NamedArguments.Select(argument => (argument.Key, Value: Write(argument.Value))).ToList();
        if (arguments.Contains(null) || properties.Any(property => property.Value is null))
            return null;

        var initializer = properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties.Select(property => $"{TypeNames.Escape(property.Key)} = {property.Value}"))} }}";
        return $"new {attribute.AttributeClass!.ToReference()}({string.Join(", ", arguments)}){initializer}";

        string? Write(TypedConstant constant) => Constants.Of(constant, context.Symbol, context.Known.Compilation);
    }
}
