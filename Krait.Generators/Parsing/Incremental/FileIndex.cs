using System.Runtime.CompilerServices;

namespace Krait.Generators.Parsing;

/// <summary>The names of the attributes and bases of a file's types, without symbols.</summary>
/// <remarks>
/// Each file has one; after an edit, only the edited file gets a new one. It keeps no symbols, because it outlives
/// compilations.
/// </remarks>
internal sealed class FileIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileIndex> Cache = new();

    private readonly SyntaxTree tree;
    private readonly List<DeclaredType> types = [];
    private readonly HashSet<string> attributes = [];
    private readonly HashSet<string> bases = [];
    private bool? maps;

    private FileIndex(SyntaxTree tree)
    {
        this.tree = tree;

        // Read a copy of the root; else the tree would keep the nodes that are created here.
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.Create((CSharpSyntaxNode)tree.GetRoot()).GetRoot();
        AddAliases(root.Usings);
        Add(root.Members, []);
    }

    /// <summary>The aliases of the file, global ones too, with the last part of their target's name.</summary>
    public List<(string Name, string Target)> Aliases { get; } = [];

    /// <summary>Whether the file names one of the methods that map controllers.</summary>
    public bool Maps => maps ??= tree.ToString().Contains("MapWebSocketController")
        && tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            .Any(name => name.Identifier.ValueText is "MapWebSocketControllers" or "MapWebSocketController");

    public static FileIndex Of(SyntaxTree tree) => Cache.GetValue(tree, static tree => new(tree));

    /// <summary>The types with an attribute of one of these names.</summary>
    public IEnumerable<DeclaredType> WithAttribute(HashSet<string> names) =>
        attributes.Overlaps(names) ? types.Where(type => type.Attributes.Exists(names.Contains)) : [];

    /// <summary>The types with a base class or an interface of one of these names.</summary>
    public IEnumerable<DeclaredType> WithBase(HashSet<string> names) =>
        bases.Overlaps(names) ? types.Where(type => type.Bases.Exists(names.Contains)) : [];

    private void Add(SyntaxList<MemberDeclarationSyntax> members, ImmutableArray<string> path)
    {
        foreach (var member in members)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
            {
                AddAliases(space.Usings);
                Add(space.Members, path.AddRange(Names(space.Name)));
            }
            else if (member is BaseTypeDeclarationSyntax type)
                Add(type, path.Add(type.Identifier.ValueText));
        }
    }

    private void Add(BaseTypeDeclarationSyntax type, ImmutableArray<string> path)
    {
        var declared = new DeclaredType(
            path,
            [.. type.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => LastName(attribute.Name))],
            [.. type.BaseList?.Types.Select(item => LastName(item.Type)) ?? []]);
        attributes.UnionWith(declared.Attributes);
        bases.UnionWith(declared.Bases);
        if (declared.Attributes.Count + declared.Bases.Count > 0)
            types.Add(declared);

        if (type is TypeDeclarationSyntax { Members: var members })
            Add(members, path);
    }

    private void AddAliases(SyntaxList<UsingDirectiveSyntax> usings) => Aliases.AddRange(
        from directive in usings
        let alias = directive.Alias?.Name.Identifier.ValueText
        where alias is not null
        select (alias, LastName(directive.NamespaceOrType)));

    private static IEnumerable<string> Names(NameSyntax name) =>
        name.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    private static string LastName(TypeSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}

/// <summary>One part of a type.</summary>
/// <param name="Path">The names of its namespaces, of the types around it, and its own.</param>
/// <param name="Attributes">The last names of its attributes, as written.</param>
/// <param name="Bases">The last names of what it derives from, as written.</param>
internal sealed record DeclaredType(ImmutableArray<string> Path, List<string> Attributes, List<string> Bases)
{
    public string Name => Path[Path.Length - 1];
}
