namespace Krait.Generators.Parsing;

/// <summary>Chooses the constructor that makes the controller of a connection.</summary>
internal static class ConstructorParser
{
    public static EquatableArray<ParameterSpec> Parse(ControllerContext context, ITypeSymbol sends)
    {
        // Another rule has already refused a type that is not a class, with a better message.
        if (context.Symbol is not { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false, IsRecord: false })
            return default;

        const string several = "has several constructors; mark the one to use with [ActivatorUtilitiesConstructor]";
        if (Choose(context.Symbol) is not { } chosen)
        {
            context.Findings.Add(Rules.NoUsableConstructor, context.ClassPlace, context.Name, several);
            return default;
        }

        CheckCall(context, chosen);
        foreach (var parameter in chosen.Parameters.Where(parameter => IsDbContext(parameter.Type)))
            context.Findings.Add(Rules.HeldDbContext, Places.Type(parameter), context.Name, parameter.Type.ToSentence());

        context.Mentions.Add(chosen);
        return chosen.Parameters.Select(Bind).ToEquatableArray();

        ParameterSpec Bind(IParameterSymbol parameter) => RoomParser.Mark(parameter, context.Known) is { } room
            ? RoomParser.Parse(context, parameter, room, sends)
            : BindingParser.Bind(context, parameter, sends: null);
    }

    /// <summary>Checks whether an expression can call the constructor, and calls no other one.</summary>
    private static void CheckCall(ControllerContext context, IMethodSymbol chosen)
    {
        const string preferred = "has another constructor with a higher [OverloadResolutionPriority], which C# would call; "
            + "remove the attribute";
        if (Overloads.Preferred(chosen, context.Known) is not null)
            context.Findings.Add(Rules.NoUsableConstructor, context.ClassPlace, context.Name, preferred);
        if (Unset(context.Symbol, chosen) is { } required)
        {
            var reason = $"has a required member '{required.Name}', which Krait cannot set; take the value in the constructor";
            context.Findings.Add(Rules.NoUsableConstructor, Places.Of(required), context.Name, reason);
        }
    }

    /// <summary>The constructor of a type that is marked, else its only public one, else its only one.</summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type) =>
        Only(type, constructor => constructor.Has("ActivatorUtilitiesConstructorAttribute"))
        ?? Only(type, constructor => constructor.DeclaredAccessibility == Accessibility.Public)
        ?? Only(type, _ => true);

    /// <summary>A required member that the constructor does not set; null if there is none.</summary>
    public static ISymbol? Unset(INamedTypeSymbol type, IMethodSymbol constructor) =>
        constructor.Has("SetsRequiredMembersAttribute") ? null
            : type.Line().SelectMany(line => line.GetMembers())
                .FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    private static bool IsDbContext(ITypeSymbol type) => type.Line().Any(line =>
        line is { Name: "DbContext", ContainingNamespace.Name: "EntityFrameworkCore" }
            && line.ToDisplayString() == "Microsoft.EntityFrameworkCore.DbContext");

    private static IMethodSymbol? Only(INamedTypeSymbol type, Func<IMethodSymbol, bool> condition) =>
        type.InstanceConstructors.Where(condition).Take(2).ToList() is [var only] ? only : null;
}
