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
    public static readonly int Everywhere = Hash("*");

    /// <summary>Declared by files with types that derive from others, for those who look for all that do.</summary>
    public static readonly int Hierarchy = Hash(":");

    private readonly int[] mentioned;

    private FileNames(SyntaxTree tree)
    {
        // A copy of the root, so that the nodes that are looked at do not stay with the tree.
        var root = CSharpSyntaxTree.Create((CSharpSyntaxNode)tree.GetRoot()).GetRoot();
        var mentions = new HashSet<int>();
        foreach (var item in root.DescendantNodesAndTokens(static node => !IsBody(node)))
        {
            if (item.AsNode() is { } node)
                Declare(node);
            else if (item.IsKind(SyntaxKind.IdentifierToken))
                mentions.Add(Hash(item.AsToken().ValueText));
        }

        mentioned = [.. mentions];
        Array.Sort(mentioned);
    }

    public HashSet<int> Declared { get; } = [];

    /// <summary>The namespaces, and those around them, with dots.</summary>
    public HashSet<string> Namespaces { get; } = [];

    public bool HasStruct { get; private set; }

    public static FileNames Of(SyntaxTree tree) => Cache.GetValue(tree, static tree => new(tree));

    public static int Hash(string name) => name.GetHashCode();

    public bool Mentions(HashSet<int> names)
    {
        foreach (var name in names)
        {
            if (Array.BinarySearch(mentioned, name) >= 0)
                return true;
        }

        return false;
    }

    private void Declare(SyntaxNode node)
    {
        switch (node)
        {
            case BaseNamespaceDeclarationSyntax space:
                DeclareNamespace(space);
                break;
            case BaseTypeDeclarationSyntax type:
                Declare(type.Identifier);
                HasStruct |= type.Kind() is SyntaxKind.StructDeclaration or SyntaxKind.RecordStructDeclaration;
                if (type.BaseList is not null)
                    Declared.Add(Hierarchy);
                break;
            case DelegateDeclarationSyntax type:
                Declare(type.Identifier);
                break;
            case MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } method when method.Parent is ExtensionBlockDeclarationSyntax || first.Modifiers.Any(SyntaxKind.ThisKeyword):
                Declare(method.Identifier);
                break;
            case PropertyDeclarationSyntax { Parent: ExtensionBlockDeclarationSyntax } property:
                Declare(property.Identifier);
                break;
            case GlobalStatementSyntax:
                Declared.Add(Hash("Program"));
                break;
            case UsingDirectiveSyntax { GlobalKeyword.RawKind: not 0 } or AttributeListSyntax { Parent: CompilationUnitSyntax }:
                Declared.Add(Everywhere);
                break;
        }
    }

    /// <summary>An attribute is mentioned without its suffix too.</summary>
    private void Declare(SyntaxToken identifier)
    {
        var name = identifier.ValueText;
        Declared.Add(Hash(name));
        if (name.EndsWith("Attribute", StringComparison.Ordinal))
            Declared.Add(Hash(name.Substring(0, name.Length - "Attribute".Length)));
    }

    private void DeclareNamespace(BaseNamespaceDeclarationSyntax space)
    {
        var name = "";
        foreach (var token in space.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Reverse().SelectMany(outer => outer.Name.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)))
        {
            name += token.ValueText;
            Namespaces.Add(name);
            name += ".";
        }

        if ((name is "Krait." || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)) && space.Members.Any(member => member is not BaseNamespaceDeclarationSyntax))
            Declared.Add(Everywhere);
    }

    private static bool IsBody(SyntaxNode node) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax or GlobalStatementSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent.Parent.Parent: BaseFieldDeclarationSyntax field } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        _ => false,
    };
}
