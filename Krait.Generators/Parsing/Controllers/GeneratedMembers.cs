using Krait.Generators.Emission;

namespace Krait.Generators.Parsing;

/// <summary>Checks whether a controller already uses the names of generated members.</summary>
internal static class GeneratedMembers
{
    /// <summary>
    /// Reports the names that are taken, and returns every taken name of a generated member, also of the other delivery.
    /// </summary>
    public static EquatableArray<string> Check(ControllerContext context, bool isQueue)
    {
        var taken = new List<string>();
        foreach (var member in GeneratedMember.All)
        {
            if (Holder(context, member.Name) is not var (place, reason))
                continue;

            taken.Add(member.Name);
            if (isQueue || !member.IsInQueue)
                context.Findings.Add(Rules.NameTaken, place, member.Name, context.Name, reason);
        }

        var parent = Ancestors(context.Symbol).FirstOrDefault(type => ControllerAttribute.Of(type, context.Known) is not null);
        if (parent is not null)
        {
            var inherited = GeneratedMember.All.Where(member => !member.IsInQueue).Select(member => member.Name).ToList();
            var reason = $"its base class '{parent.Name}' is a controller and already has this member; "
                + "derive both from an ordinary class";
            context.Findings.Add(Rules.NameTaken, Places.Base(context), inherited[0], context.Name, reason);
            taken.AddRange(inherited);
        }

        return taken.ToEquatableArray();
    }

    private static (Func<Location?> Place, string Reason)? Holder(ControllerContext context, string name)
    {
        var symbol = context.Symbol;
        if (symbol.Name == name)
            return (context.ClassPlace, "the class has that name; rename the class");
        if (symbol.GetMembers(name).FirstOrDefault(member => !IsGenerated(member)) is { } own)
            return (Places.Of(own), "the class already has a member of that name; rename it");
        if (symbol.TypeParameters.FirstOrDefault(parameter => parameter.Name == name) is { } type)
            return (Places.Of(type), "a type parameter has that name; rename the parameter");
        if (ControllerContext.PrimaryParameters(symbol).FirstOrDefault(parameter => parameter.Name == name) is { } primary)
            return (Places.Of(primary), "a parameter of its primary constructor has that name; rename the parameter");
        if (Ancestors(symbol).FirstOrDefault(ancestor => ancestor.GetMembers(name).Any(IsInherited)) is { } ancestor)
            return (Places.Base(context), $"the class inherits a member of that name from '{ancestor.Name}'; rename it there");

        return null;
    }

    private static bool IsInherited(ISymbol member) =>
        member.DeclaredAccessibility != Accessibility.Private && !IsGenerated(member);

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol symbol) =>
        symbol.Line().Skip(1).OfType<INamedTypeSymbol>().Where(type => type.SpecialType != SpecialType.System_Object);

    /// <summary>Whether Krait's generator wrote the member.</summary>
    public static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [var tool, ..] }
            && tool is { Kind: TypedConstantKind.Primitive, Value: GeneratedCodeAttributes.Tool });
}
