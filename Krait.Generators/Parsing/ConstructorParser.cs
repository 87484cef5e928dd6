using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Chooses the constructor that makes the controller of a connection.</summary>
internal static class ConstructorParser
{
    public static EquatableArray<ParameterSpec> Parse(ControllerContext context) =>
        Choose(context)?.Parameters.Select(parameter => BindingParser.Bind(context, parameter, sends: null)).ToEquatableArray() ?? default;

    private static IMethodSymbol? Choose(ControllerContext context)
    {
        // A class of another kind is refused already, and says so better.
        if (context.Symbol is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsRecord: false })
            return null;

        var chosen = Choose(context.Symbol);
        if (chosen is null)
        {
            context.Findings.Add(Rules.NoUsableConstructor, context.ClassPlace, context.Name, "has several constructors; mark the one to use with [ActivatorUtilitiesConstructor]");
            return null;
        }

        if (Unset(context.Symbol, chosen) is { } required)
        {
            var sentence = $"requires '{required.Name}' to be set, which Krait cannot do; take the value in the constructor";
            context.Findings.Add(Rules.NoUsableConstructor, Places.Of(required), context.Name, sentence);
        }

        return chosen;
    }

    /// <summary>The constructor of a type that is marked, else its only public one, else its only one.</summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors;
        return Only(constructors, IsMarked) ?? Only(constructors, constructor => constructor.DeclaredAccessibility == Accessibility.Public) ?? Only(constructors, _ => true);
    }

    /// <summary>A required member that the constructor leaves to its caller.</summary>
    public static ISymbol? Unset(INamedTypeSymbol type, IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "SetsRequiredMembersAttribute") ? null : RequiredMember(type);

    private static IMethodSymbol? Only(IEnumerable<IMethodSymbol> constructors, Func<IMethodSymbol, bool> condition) =>
        constructors.Where(condition).Take(2).ToList() is [var only] ? only : null;

    private static bool IsMarked(IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ActivatorUtilitiesConstructorAttribute");

    private static ISymbol? RequiredMember(INamedTypeSymbol type) =>
        type.Line().SelectMany(line => line.GetMembers()).FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
}
