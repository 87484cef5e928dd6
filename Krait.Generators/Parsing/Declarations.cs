namespace Krait.Generators.Parsing;

/// <summary>What a compilation declares. Two are equal if nothing but the bodies of members tells them apart, so that every symbol in one reads as in the other.</summary>
/// <remarks>Keeps no symbols, so that what is remembered by it does not keep the compilation.</remarks>
internal sealed class Declarations(Compilation compilation) : IEquatable<Declarations>
{
    private readonly string? assembly = compilation.AssemblyName;
    private readonly CompilationOptions options = compilation.Options;
    private readonly IReadOnlyList<MetadataReference> references = [.. compilation.References];
    private readonly IReadOnlyList<SyntaxTree> trees = [.. compilation.SyntaxTrees];
    private Verdict? last;

    /// <summary>Compares, and remembers the answer: every controller of a project asks the same question.</summary>
    public bool Equals(Declarations? other)
    {
        if (ReferenceEquals(this, other) || other is null)
            return other is not null;
        if (last is not { } known || !known.Other.TryGetTarget(out var asked) || asked != other)
            last = known = new(new(other), IsSame(other));

        return known.IsSame;
    }

    public override bool Equals(object? obj) => Equals(obj as Declarations);

    public override int GetHashCode() => trees.Count;

    private bool IsSame(Declarations other) =>
        assembly == other.assembly
        && options.Equals(other.options)
        && references.SequenceEqual(other.references)
        && trees.Count == other.trees.Count
        && trees.Zip(other.trees, IsSame).All(same => same);

    // Directives are trivia, of which equivalence takes no note: one of them may say whether null is allowed.
    private static bool IsSame(SyntaxTree tree, SyntaxTree other) =>
        tree == other
        || (tree.FilePath == other.FilePath && tree.Options.Equals(other.Options)
            && !tree.GetRoot().ContainsDirectives && !other.GetRoot().ContainsDirectives && tree.IsEquivalentTo(other, topLevel: true));

    private sealed record Verdict(WeakReference<Declarations> Other, bool IsSame);
}
