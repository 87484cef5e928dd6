namespace Krait.Generators.Parsing;

/// <summary>What a compilation declares, and which files can tell it apart from what another one declares.</summary>
/// <remarks>Keeps no symbols, so that what is remembered by it does not keep the compilation.</remarks>
internal sealed class Declarations(Compilation compilation)
{
    private readonly string? assembly = compilation.AssemblyName;
    private readonly CompilationOptions options = compilation.Options;
    private readonly IReadOnlyList<MetadataReference> references = [.. compilation.References];
    private readonly IReadOnlyList<SyntaxTree> trees = [.. compilation.SyntaxTrees];
    private Verdict? last;

    /// <summary>The files whose declarations may mean something else to the other compilation; null if all may.</summary>
    /// <remarks>Remembers the answer: every controller of a project asks the same question.</remarks>
    public Affected? AffectedIn(Declarations other)
    {
        if (last is not { } known || !known.Other.TryGetTarget(out var asked) || asked != other)
            last = known = new(new(other), Compare(other));

        return known.Affected;
    }

    private Affected? Compare(Declarations other) =>
        assembly == other.assembly && options.Equals(other.options) && references.SequenceEqual(other.references) && Edited(other) is { } edited
            ? Spread(edited.Before, edited.After, other)
            : null;

    /// <summary>The files that are not declared alike in both; null if the others stand in another order.</summary>
    private (HashSet<SyntaxTree> Before, IReadOnlyList<SyntaxTree> After)? Edited(Declarations other)
    {
        var same = trees.Zip(other.trees, ReferenceEquals).TakeWhile(equal => equal).Count();
        var paths = other.trees.Skip(same).ToLookup(tree => tree.FilePath);
        var pairs = trees.Skip(same).Select(tree => (Before: tree, After: paths[tree.FilePath].FirstOrDefault(after => IsSame(tree, after)))).ToList();
        var kept = new HashSet<SyntaxTree?>(pairs.Select(pair => pair.After));
        var after = other.trees.Skip(same).ToLookup(kept.Contains);
        return after[true].SequenceEqual(pairs.Select(pair => pair.After).Where(tree => tree is not null))
            ? ([.. pairs.Where(pair => pair.After is null).Select(pair => pair.Before)], [.. after[false]])
            : null;
    }

    /// <summary>A file that mentions what an edited file declares may mean something else, and then so may one that mentions what it declares.</summary>
    private Affected? Spread(HashSet<SyntaxTree> before, IReadOnlyList<SyntaxTree> after, Declarations other)
    {
        var names = new HashSet<int>(before.Concat(after).SelectMany(tree => FileNames.Of(tree).Declared));
        names.UnionWith(Lost(before, other.trees).Concat(Lost(after, trees)));
        var files = new HashSet<SyntaxTree>();
        for (var fresh = names; fresh.Count > 0;)
        {
            var found = trees.Where(tree => !before.Contains(tree) && !files.Contains(tree) && FileNames.Of(tree).Mentions(fresh)).ToList();
            files.UnionWith(found);
            fresh = [.. found.SelectMany(tree => FileNames.Of(tree).Declared).Where(name => !names.Contains(name))];
            names.UnionWith(fresh);
        }

        return names.Contains(FileNames.Hash(FileNames.Everywhere)) ? null : new(files, names.Contains(FileNames.Hash(FileNames.Hierarchy)));
    }

    /// <summary>The last names of namespaces that are in some files and in none of all the others.</summary>
    private static IEnumerable<int> Lost(IEnumerable<SyntaxTree> some, IReadOnlyList<SyntaxTree> all) =>
        some.SelectMany(tree => FileNames.Of(tree).Namespaces)
            .Where(space => !all.Any(tree => FileNames.Of(tree).Namespaces.Contains(space)))
            .Select(space => FileNames.Hash(space.Substring(space.LastIndexOf('.') + 1)));

    /// <summary>Whether nothing but the bodies of members tells two files apart, so that every symbol in one reads as in the other.</summary>
    /// <remarks>The fields that are made for bodies are part of what a struct is.</remarks>
    private static bool IsSame(SyntaxTree tree, SyntaxTree other) =>
        tree == other
        || (tree.FilePath == other.FilePath && tree.Options.Equals(other.Options) && !SaysMore(tree) && !SaysMore(other)
            && tree.IsEquivalentTo(other, topLevel: !FileNames.Of(tree).HasStruct));

    /// <summary>Whether something of which equivalence takes no note says if null is allowed: a directive, or the comment that makes a file a generated one.</summary>
    private static bool SaysMore(SyntaxTree tree) =>
        tree.GetRoot() is var root
        && ((root.ContainsDirectives && root.GetFirstDirective(static directive => directive is NullableDirectiveTriviaSyntax) is not null) || root.GetLeadingTrivia().ToString().Contains("<auto"));

    private sealed record Verdict(WeakReference<Declarations> Other, Affected? Affected);
}

/// <summary>What an edit reaches: the files that mention what may mean something else, and whether other types may derive from others.</summary>
internal sealed record Affected(HashSet<SyntaxTree> Files, bool Hierarchy);
