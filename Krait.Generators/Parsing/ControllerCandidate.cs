using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>A class to parse. It equals another if the same node stands among the same declarations: then it would give the same spec, and is not parsed again.</summary>
internal sealed class ControllerCandidate(SyntaxNode node, INamedTypeSymbol symbol, KnownSymbols known) : IEquatable<ControllerCandidate>
{
    private readonly SyntaxNode node = node;
    private readonly Declarations declarations = known.Declarations;

    // Lets go of the symbols once it is asked, which it is by the step that follows.
    private readonly Lazy<ControllerSpec?> spec = new(() => ControllerParser.Parse(symbol, known, new Findings(), CancellationToken.None));

    public ControllerSpec? Spec => spec.Value;

    public bool Equals(ControllerCandidate? other) => other is not null && node == other.node && declarations.Equals(other.declarations);

    public override bool Equals(object? obj) => Equals(obj as ControllerCandidate);

    public override int GetHashCode() => node.GetHashCode();
}
