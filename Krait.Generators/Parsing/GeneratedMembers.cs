namespace Krait.Generators.Parsing;

/// <summary>The names that Krait generates into a controller, and who else has taken them.</summary>
internal static class GeneratedMembers
{
    public static readonly string[] Always = ["Connection", "Stopping", "ShouldStop", "SendAsync", "TrySend"];

    public static readonly string[] InQueue = ["Messages", "TryReceive", "ReceiveAsync"];

    /// <summary>Reports the names that are taken, and returns every name that the class cannot have generated, whatever the delivery.</summary>
    public static EquatableArray<string> Check(ControllerContext context, bool isQueue)
    {
        var taken = new List<string>();
        foreach (var name in Always.Concat(InQueue))
        {
            if (Holder(context.Symbol, name) is not var (symbol, reason))
                continue;

            taken.Add(name);
            if (isQueue || Always.Contains(name))
                context.Findings.Add(Rules.NameTaken, symbol is null ? context.ClassPlace : Places.Of(symbol), name, context.Name, reason);
        }

        if (Ancestors(context.Symbol).FirstOrDefault(type => ControllerAttribute.Of(type, context.Known) is not null) is { } parent)
        {
            taken.AddRange(Always);
            context.Findings.Add(Rules.NameTaken, context.ClassPlace, Always[0], context.Name, $"its base class '{parent.Name}' is a controller and has one too; share an ordinary class instead");
        }

        return taken.ToEquatableArray();
    }

    private static (ISymbol? Symbol, string Reason)? Holder(INamedTypeSymbol symbol, string name) =>
        symbol.Name == name ? (null, "the class itself has that name; rename it")
        : symbol.GetMembers(name).FirstOrDefault(member => !IsGenerated(member)) is { } member ? (member, "it declares one of its own; rename it")
        : symbol.TypeParameters.FirstOrDefault(parameter => parameter.Name == name) is { } typeParameter ? (typeParameter, "a type parameter has that name; rename it")
        : ControllerContext.PrimaryParameters(symbol).FirstOrDefault(parameter => parameter.Name == name) is { } parameter ? (parameter, "a parameter of its primary constructor has that name; rename it")
        : Ancestors(symbol).FirstOrDefault(type => type.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private && !IsGenerated(member))) is { } ancestor
            ? (null, $"it inherits one from '{ancestor.Name}'; rename that")
            : null;

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol symbol) => symbol.Line().Skip(1).OfType<INamedTypeSymbol>().Where(type => type.SpecialType != SpecialType.System_Object);

    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [{ Kind: TypedConstantKind.Primitive, Value: "Krait.Generators" }, ..] });
}
