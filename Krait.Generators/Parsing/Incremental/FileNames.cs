using System.Runtime.CompilerServices;

namespace Krait.Generators.Parsing;

/// <summary>The names that a file declares, and those that its declarations mention and could mean something declared elsewhere.</summary>
/// <remarks>
/// Names are kept as hashes: two of one hash make a controller be parsed once too often, never too seldom. Bodies mention nothing, since no symbol's declaration depends on them.
/// Members are not declared by themselves: who looks for one looks into a type, and mentions that.
/// </remarks>
internal sealed class FileNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileNames> Cache = new();

    /// <summary>Declared by files that have a say everywhere: by global usings, attributes of the assembly, or types where the compiler and Krait look for theirs. No identifier.</summary>
    public const string Everywhere = "*";

    /// <summary>Declared by files with types, for those who look for all that derive from another: from object all do.</summary>
    public const string Hierarchy = ":";

    private readonly int[] mentioned;

    private FileNames(SyntaxTree tree)
    {
        // A copy of the root, so that the nodes that are looked at do not stay with the tree.
        var root = CSharpSyntaxTree.Create((CSharpSyntaxNode)tree.GetRoot()).GetRoot();
        var mentions = new HashSet<int>();
        foreach (var item in root.DescendantNodesAndTokens(static node => !IsBody(node)))
        {
            HasStruct |= item.Kind() is SyntaxKind.StructDeclaration or SyntaxKind.RecordStructDeclaration;
            if (item.IsKind(SyntaxKind.IdentifierToken))
                mentions.Add(Hash(item.AsToken().ValueText));

            // An attribute is mentioned without its suffix too.
            foreach (var name in item.AsNode() is { } node ? Names(node) : [])
                Declared.UnionWith(name.EndsWith("Attribute", StringComparison.Ordinal) ? [Hash(name), Hash(name.Substring(0, name.Length - "Attribute".Length))] : [Hash(name)]);
        }

        mentioned = [.. mentions.OrderBy(hash => hash)];
    }

    public HashSet<int> Declared { get; } = [];

    /// <summary>The namespaces, and those around them, with dots.</summary>
    public HashSet<string> Namespaces { get; } = [];

    public bool HasStruct { get; }

    public static FileNames Of(SyntaxTree tree) => Cache.GetValue(tree, static tree => new(tree));

    public static int Hash(string name) => name.GetHashCode();

    public bool Mentions(HashSet<int> names) => names.Any(name => Array.BinarySearch(mentioned, name) >= 0);

    private IReadOnlyList<string> Names(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax space => Names(space),
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText, Hierarchy],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        MethodDeclarationSyntax { Parent: ExtensionBlockDeclarationSyntax } method => [method.Identifier.ValueText],
        MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } method when first.Modifiers.Any(SyntaxKind.ThisKeyword) => [method.Identifier.ValueText],
        PropertyDeclarationSyntax { Parent: ExtensionBlockDeclarationSyntax } property => [property.Identifier.ValueText],
        GlobalStatementSyntax => ["Program"],
        UsingDirectiveSyntax { GlobalKeyword.RawKind: not 0 } or AttributeListSyntax { Parent: CompilationUnitSyntax } => [Everywhere],
        _ => [],
    };

    private IReadOnlyList<string> Names(BaseNamespaceDeclarationSyntax space)
    {
        var names = space.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Reverse().SelectMany(outer => outer.Name.DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToList();
        for (var count = 1; count <= names.Count; count++)
            Namespaces.Add(string.Join(".", names.Take(count)));

        return (names is ["Krait"] or ["System" or "Microsoft", ..]) && space.Members.Any(member => member is not BaseNamespaceDeclarationSyntax) ? [Everywhere] : [];
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax or GlobalStatementSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: BaseFieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };
}
