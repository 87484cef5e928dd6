namespace Krait.Generators.Parsing;

/// <summary>A class to parse. It equals another if the same node stands where all that it can mention means the same: then it would give the same spec, and is not parsed again.</summary>
internal sealed class ControllerCandidate(SyntaxNode node, INamedTypeSymbol symbol, KnownSymbols known) : IEquatable<ControllerCandidate>
{
    private readonly SyntaxNode node = node;

    // Lets go of the symbols once it is asked, which it is by the step that follows.
    private readonly Lazy<ControllerSpec?> spec = new(() => ControllerParser.Parse(symbol, known, new Findings(), CancellationToken.None));

    private Declarations declarations = known.Declarations;

    public ControllerSpec? Spec => spec.Value;

    public bool Equals(ControllerCandidate? other)
    {
        if (other is null || node != other.node || declarations.AffectedIn(other.declarations) is not { } affected || affected.Files.Contains(node.SyntaxTree)
            || (affected.Hierarchy && LooksForDerivedTypes))
            return false;

        // The spec holds there too, so the next edit is compared with that, and what was edited before is let go.
        declarations = other.declarations;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ControllerCandidate);

    public override int GetHashCode() => node.GetHashCode();

    /// <summary>Whether every type of the project was looked at, as what a codec sends may be of any that derives from what the controller sends.</summary>
    private bool LooksForDerivedTypes => Spec is { Compression: true, Sends.Codecs.Count: > 0 };
}
