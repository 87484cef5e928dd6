using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>What every rule looks at while one controller is parsed.</summary>
internal sealed record ControllerContext(
    INamedTypeSymbol Symbol,
    ControllerAttribute Attribute,
    RoutePattern Route,
    KnownSymbols Known,
    Findings Findings,
    CancellationToken CancellationToken)
{
    /// <summary>The controller as messages name it.</summary>
    public string Name => Symbol.Name;

    /// <summary>The name of the class on the part that has the attribute.</summary>
    public Func<Location?> ClassPlace => Places.Class(Attribute.Data, Symbol);

    /// <summary>Whether the constructor stands behind the name of the class.</summary>
    public static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax);
}
