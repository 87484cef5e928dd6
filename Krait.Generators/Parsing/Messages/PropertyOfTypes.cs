namespace Krait.Generators.Parsing;

/// <summary>Finds the one property that an attribute marks in each type of the messages of a controller.</summary>
/// <param name="context">The controller.</param>
/// <param name="message">The type that it receives, or sends.</param>
/// <param name="mark">The attribute.</param>
/// <param name="rule">The rule that reports properties that do not fit.</param>
/// <param name="judge">Returns why Krait cannot use the property of a type; null if it can.</param>
internal sealed class PropertyOfTypes(
    ControllerContext context,
    ITypeSymbol message,
    INamedTypeSymbol? mark,
    DiagnosticDescriptor rule,
    Func<IPropertySymbol, ITypeSymbol, string?> judge)
{
    private readonly List<(ITypeSymbol Type, IPropertySymbol Property)> found = [];
    private readonly HashSet<IPropertySymbol> refused = new(SymbolEqualityComparer.Default);

    private KnownSymbols Known => context.Known;

    /// <summary>The marked properties of the types, most derived type first.</summary>
    public List<(ITypeSymbol Type, IPropertySymbol Property)> Of(IEnumerable<ITypeSymbol> types)
    {
        foreach (var type in types)
            Add(type);

        return found;
    }

    /// <summary>The type; null if every message of the controller is of it.</summary>
    public TypeRef? Narrower(ITypeSymbol type) => Known.IsAssignable(message, type) ? null : type.ToTypeRef();

    private void Add(ITypeSymbol type)
    {
        if (Property(type) is not { } property)
            return;

        // Only a type of the message: 'with' gives the type of the variable.
        var owner = property.ContainingType;
        var declared = Known.IsAssignable(owner, message) || Known.IsAssignable(message, owner) ? owner : type;
        if (found.Exists(other => other.Type.Is(declared)) || !context.CanName(declared))
            return;

        var wider = found.FindIndex(other => Known.IsAssignable(declared, other.Type));
        found.Insert(wider < 0 ? found.Count : wider, (declared, property));
        context.Mentions.Add(declared);
        context.Mentions.AddMember(property);
    }

    /// <summary>The marked property of a type, if it fits.</summary>
    private IPropertySymbol? Property(ITypeSymbol type)
    {
        var marked = MarkedProperties.Of(type, mark, Known);
        if (marked is [_, var second, ..])
            return Refuse(second, $"'{type.ToSentence()}' has it twice; mark only one property");
        if (marked is not [var only])
            return null;
        if (only.Type.SpecialType != SpecialType.System_String)
            return Refuse(only, $"its type is '{only.Type.ToSentence()}'; make it a string");

        return judge(only, type) is { } reason ? Refuse(only, reason) : only;
    }

    private IPropertySymbol? Refuse(IPropertySymbol property, string reason)
    {
        if (refused.Add(property))
            context.Findings.Add(
                rule,
                Place(property),
                $"{property.ContainingType.ToSentence()}.{property.Name}",
                reason);

        return null;
    }

    /// <summary>The mark, or the property that implements a marked one; the class if they are in another assembly.</summary>
    private Func<Location?> Place(IPropertySymbol property) =>
        property.Find(mark) is { } attribute ? Places.Of(attribute, context.ClassPlace)
        : property.DeclaringSyntaxReferences.IsEmpty ? context.ClassPlace
        : Places.Of(property);
}
