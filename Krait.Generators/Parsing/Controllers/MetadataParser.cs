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
            var isBase = !type.Is(context.Symbol);
            found.InsertRange(0, type.GetAttributes()
                .InSourceOrder(attribute => attribute.ApplicationSyntaxReference)
                .Where(attribute => IsMetadata(attribute, context) && (!isBase || IsInherited(attribute.AttributeClass!, derived))));
        }

        return found.Select(attribute => Construct(attribute, context)).OfType<string>().ToEquatableArray();
    }

    /// <summary>The compiler itself leaves conditional attributes out unless a symbol is defined.</summary>
    private static bool IsMetadata(AttributeData attribute, ControllerContext context) =>
        attribute is { AttributeClass: { } type, AttributeConstructor: { } constructor }
        && type.ContainingNamespace.ToDisplayString() is not ("Krait" or "System.CodeDom.Compiler" or "System.Runtime.CompilerServices" or "System.Diagnostics" or "System.Diagnostics.CodeAnalysis")
        && !type.Has("ConditionalAttribute") && context.CanName(type) && context.CanUse(constructor);

    /// <summary>Whether it is inherited by its usage, which its class declares or inherits.</summary>
    private static bool IsInherited(INamedTypeSymbol type, List<AttributeData> derived)
    {
        var usage = type.Line().SelectMany(declaring => declaring.GetAttributes()).FirstOrDefault(attribute => attribute.AttributeClass is { Name: "AttributeUsageAttribute" });
        return usage?.Named("Inherited") is not false && (usage?.Named("AllowMultiple") is true || !derived.Exists(other => other.AttributeClass.Is(type)));
    }

    private static string? Construct(AttributeData attribute, ControllerContext context)
    {
        var arguments = attribute.ConstructorArguments.Select(argument => Constants.Of(argument, context)).ToList();
        var properties = attribute.NamedArguments.Select(argument => (argument.Key, Value: Constants.Of(argument.Value, context))).ToList();
        if (arguments.Contains(null) || properties.Exists(property => property.Value is null))
            return null;

        var initializer = properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties.Select(property => $"{TypeNames.Escape(property.Key)} = {property.Value}"))} }}";
        return $"new {attribute.AttributeClass!.ToReference()}({string.Join(", ", arguments)}){initializer}";
    }
}
