namespace Krait.Generators.Parsing;

/// <summary>Finds types of a project by their attributes and bases, without creating the symbols of all others.</summary>
/// <remarks>It compares names, so a result may have another attribute of the same name, but no type is missed.</remarks>
internal sealed class ProjectIndex(Compilation compilation)
{
    private const string Suffix = "Attribute";

    private readonly List<FileIndex> files = [.. compilation.SyntaxTrees.Select(FileIndex.Of)];

    /// <summary>The types that may have an attribute.</summary>
    /// <param name="attribute">The name of its class, with the suffix.</param>
    public IEnumerable<INamedTypeSymbol> WithAttribute(string attribute) => Symbols(Declared(attribute));

    /// <summary>The types that may have an attribute, or derive from one that does, or from one of the others.</summary>
    /// <param name="attribute">The name of its class, with the suffix.</param>
    /// <param name="others">The names of types in other assemblies.</param>
    public IEnumerable<INamedTypeSymbol> DerivedFrom(string attribute, IEnumerable<string> others) =>
        DerivedFrom([.. Declared(attribute)], others);

    /// <summary>The types that may derive from a type of that name.</summary>
    public IEnumerable<INamedTypeSymbol> DerivedFrom(string type) => DerivedFrom([], [type]);

    private IEnumerable<INamedTypeSymbol> DerivedFrom(HashSet<DeclaredType> found, IEnumerable<string> others)
    {
        for (var names = new HashSet<string>(found.Select(type => type.Name).Concat(others)); names.Count > 0;)
        {
            names.UnionWith(Aliases(names));
            names = [.. files.SelectMany(file => file.WithBase(names)).Where(found.Add).Select(type => type.Name)];
        }

        return Symbols(found);
    }

    /// <summary>Whether a file that is not generated names one of the methods that map controllers.</summary>
    public bool Maps(Func<SyntaxTree, bool> isWritten) =>
        compilation.SyntaxTrees.Where(isWritten).Any(tree => FileIndex.Of(tree).Maps);

    private List<DeclaredType> Declared(string attribute)
    {
        var names = new HashSet<string> { attribute };
        names.UnionWith(Aliases(names));
        names.UnionWith([.. names.Where(HasSuffix).Select(name => name.Substring(0, name.Length - Suffix.Length))]);
        return [.. files.SelectMany(file => file.WithAttribute(names))];
    }

    private static bool HasSuffix(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    private List<string> Aliases(HashSet<string> names) =>
        [.. files.SelectMany(file => file.Aliases).Where(alias => names.Contains(alias.Target)).Select(alias => alias.Name)];

    /// <summary>
    /// Finds the symbols. Types that differ in their type parameters, or are local to their files, may share a path.
    /// </summary>
    private IEnumerable<INamedTypeSymbol> Symbols(IEnumerable<DeclaredType> types) =>
        types.SelectMany(Symbols).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    private IEnumerable<INamedTypeSymbol> Symbols(DeclaredType type) => type.Path
        .Aggregate<string, IEnumerable<INamespaceOrTypeSymbol>>(
            [compilation.Assembly.GlobalNamespace],
            static (places, name) => places.SelectMany(place => place.GetMembers(name)).OfType<INamespaceOrTypeSymbol>())
        .OfType<INamedTypeSymbol>();
}
