namespace Krait.Generators.Parsing;

/// <summary>
/// Collects the types and members that the generated file names, because the compiler may warn about them there.
/// </summary>
internal sealed class Mentions
{
    private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> aliases = new(StringComparer.Ordinal);

    /// <summary>The ids of the warnings about experimental and obsolete types and members.</summary>
    public IEnumerable<string> Ids => ids;

    /// <summary>The aliases of assemblies whose types can be named only with the alias.</summary>
    public IEnumerable<string> Aliases => aliases;

    /// <summary>Whether something is obsolete as an error, so that only obsolete code can use it.</summary>
    public bool IsForbidden { get; private set; }

    /// <summary>Adds a type with its type arguments and the types around it.</summary>
    public void Add(ITypeSymbol type)
    {
        foreach (var piece in type.Pieces())
        {
            if (!seen.Add(piece.OriginalDefinition))
                continue;

            AddMember(piece.OriginalDefinition);
            AddAssembly(piece.ContainingAssembly);
            foreach (var field in piece.TypeKind == TypeKind.Enum ? piece.GetMembers().OfType<IFieldSymbol>() : [])
                AddMember(field);
            if (ExternAliases.Of(piece) is { } alias)
                aliases.Add(alias);
        }
    }

    /// <summary>Adds the id of an experimental library. The compiler does not warn inside the library itself.</summary>
    private void AddAssembly(IAssemblySymbol? assembly)
    {
        if (assembly is null or ISourceAssemblySymbol || !seen.Add(assembly))
            return;

        AddMember(assembly);
        foreach (var module in assembly.Modules)
            AddMember(module);
    }

    /// <summary>Adds a method, the methods that it overrides, and the types of its signature.</summary>
    /// <remarks>The compiler warns of a call by the attributes of the first declaration of a virtual method.</remarks>
    public void Add(IMethodSymbol method)
    {
        for (var declared = method; declared is not null; declared = declared.OverriddenMethod)
            AddMember(declared);
        Add(method.ReturnType);
        foreach (var parameter in method.Parameters)
            Add(parameter.Type);
    }

    /// <summary>Adds a symbol without the types in it.</summary>
    public void AddMember(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Id(attribute) is { } id && SyntaxFacts.IsValidIdentifier(id))
                ids.Add(id);

            IsForbidden |= Forbids(attribute);
        }
    }

    /// <summary>Whether a type, or a type in it, is obsolete as an error.</summary>
    public static bool IsForbiddenType(ITypeSymbol type) =>
        type.Pieces().Any(piece => piece.OriginalDefinition.GetAttributes().Any(Forbids));

    /// <summary>The ids of the warnings about a type and those around it.</summary>
    public static EquatableArray<string> IdsOf(INamedTypeSymbol type)
    {
        var mentions = new Mentions();
        mentions.Add(type);
        return mentions.Ids.OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray();
    }

    private static string? Id(AttributeData attribute) => attribute.AttributeClass?.Name switch
    {
        "ExperimentalAttribute" => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string id }]
            ? id
            : null,
        "ObsoleteAttribute" => attribute.Named("DiagnosticId") as string,
        _ => null,
    };

    private static bool Forbids(AttributeData attribute) => attribute.AttributeClass?.Name == "ObsoleteAttribute"
        && attribute.ConstructorArguments is [_, { Kind: TypedConstantKind.Primitive, Value: true }];
}
