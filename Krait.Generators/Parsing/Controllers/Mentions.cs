namespace Krait.Generators.Parsing;

/// <summary>
/// Collects what the generated file names: the compiler may warn of it there, and only its author can act on that.
/// </summary>
internal sealed class Mentions
{
    private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> aliases = new(StringComparer.Ordinal);

    /// <summary>The ids of the warnings about what is experimental or obsolete.</summary>
    public IEnumerable<string> Ids => ids;

    /// <summary>The aliases of assemblies whose types have no other name.</summary>
    public IEnumerable<string> Aliases => aliases;

    /// <summary>Whether something must not be used at all, except by what is obsolete itself.</summary>
    public bool IsForbidden { get; private set; }

    /// <summary>Takes a type and all that it is made of.</summary>
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

    /// <summary>A whole library may be an experiment; nothing is said about the project's own.</summary>
    private void AddAssembly(IAssemblySymbol? assembly)
    {
        if (assembly is null or ISourceAssemblySymbol || !seen.Add(assembly))
            return;

        AddMember(assembly);
        foreach (var module in assembly.Modules)
            AddMember(module);
    }

    /// <summary>Takes a method and the types of its signature.</summary>
    public void Add(IMethodSymbol method)
    {
        AddMember(method);
        Add(method.ReturnType);
        foreach (var parameter in method.Parameters)
            Add(parameter.Type);
    }

    /// <summary>Takes a symbol by itself.</summary>
    public void AddMember(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Id(attribute) is { } id && SyntaxFacts.IsValidIdentifier(id))
                ids.Add(id);

            IsForbidden |= Forbids(attribute);
        }
    }

    /// <summary>Whether a type, or something that it is made of, must not be used.</summary>
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
