using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>The names that Krait generates into a controller, and who else has taken them.</summary>
internal static class GeneratedMembers
{
    /// <summary>The tool that generated members name in [GeneratedCode].</summary>
    public const string Tool = "Krait.Generators";

    public static readonly string[] Always = ["Connection", "Stopping", "ShouldStop", "SendAsync", "TrySend"];

    public static readonly string[] InQueue = ["Messages", "TryReceive", "ReceiveAsync"];

    /// <summary>Reports the names that are taken, and returns every name that the class cannot have generated, whatever the delivery.</summary>
    public static EquatableArray<string> Check(ControllerContext context, bool isQueue)
    {
        var taken = new List<string>();
        foreach (var name in Always.Concat(InQueue))
        {
            if (Holder(context, name) is not var (place, reason))
                continue;

            taken.Add(name);
            if (isQueue || Always.Contains(name))
                context.Findings.Add(Rules.NameTaken, place, name, context.Name, reason);
        }

        if (BaseController(context) is { } parent)
        {
            taken.AddRange(Always);
            context.Findings.Add(Rules.NameTaken, Places.Base(context.Symbol, context.ClassPlace), Always[0], context.Name, $"its base class '{parent.Name}' is a controller and has one too; share an ordinary class instead");
        }

        return taken.ToEquatableArray();
    }

    private static (Func<Location?> Place, string Reason)? Holder(ControllerContext context, string name)
    {
        var symbol = context.Symbol;
        if (symbol.Name == name)
            return (context.ClassPlace, "the class itself has that name; rename it");
        if (symbol.GetMembers(name).FirstOrDefault(member => !IsGenerated(member)) is { } member)
            return (Places.Of(member), "it declares one of its own; rename it");
        if (symbol.TypeParameters.FirstOrDefault(parameter => parameter.Name == name) is { } typeParameter)
            return (Places.Of(typeParameter), "a type parameter has that name; rename it");

        var parameter = symbol.InstanceConstructors.Where(ControllerContext.IsPrimary).SelectMany(constructor => constructor.Parameters)
            .FirstOrDefault(parameter => parameter.Name == name);
        return parameter is null ? Inherited(context, name) : (Places.Of(parameter), "a parameter of its primary constructor has that name; rename it");
    }

    private static (Func<Location?> Place, string Reason)? Inherited(ControllerContext context, string name)
    {
        for (var type = context.Symbol.BaseType; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            if (type.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private && !IsGenerated(member)))
                return (Places.Base(context.Symbol, context.ClassPlace), $"it inherits one from '{type.Name}'; rename that");
        }

        return null;
    }

    private static INamedTypeSymbol? BaseController(ControllerContext context) =>
        context.Symbol.Line().Skip(1).OfType<INamedTypeSymbol>().FirstOrDefault(type => type.SpecialType != SpecialType.System_Object && ControllerAttribute.Of(type, context.Known) is not null);

    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [{ Kind: TypedConstantKind.Primitive, Value: Tool }, ..] });
}
