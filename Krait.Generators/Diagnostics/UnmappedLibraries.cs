using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT097: an application references a library with controllers, but does not map them.</summary>
internal static class UnmappedLibraries
{
    /// <summary>The property of the diagnostic with the name of the library.</summary>
    public const string Library = "Library";

    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> Names = new();

    public static void Check(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        if (!MissingMapping.IsStart(context, call))
            return;

        var libraries = context.Compilation.SourceModule.ReferencedAssemblySymbols;
        foreach (var library in libraries.Where(library => MayHaveControllers(library, known)))
        {
            var types = KnownSymbols.Types(library.GlobalNamespace).ToList();
            var controllers = Controllers(types, known).ToList();
            var mappers = controllers.Concat(types.SelectMany(Mappers)).Select(symbol => symbol.Name);
            if (controllers.Count > 0 && !IsMentioned(context, [.. mappers]))
                context.ReportDiagnostic(Diagnostic.Create(
                    Rules.UnmappedLibrary,
                    Places.Name(call.Syntax),
                    ImmutableDictionary<string, string?>.Empty.Add(Library, library.Name),
                    library.Name,
                    controllers[0].Name));
        }
    }

    /// <summary>The controllers among the types of a library that an application can map.</summary>
    public static IEnumerable<INamedTypeSymbol> Controllers(IEnumerable<INamedTypeSymbol> types, KnownSymbols known) =>
        types.Where(type =>
            ControllerAttribute.Of(type, known) is not null && TypeNames.EffectiveAccessibility(type) == Accessibility.Public);

    private static bool MayHaveControllers(IAssemblySymbol library, KnownSymbols known) =>
        known.ControllerAttribute is { ContainingAssembly: var runtime }
        && library.Modules.Any(module => module.ReferencedAssemblies.Any(identity => identity.Name == runtime.Name));

    /// <summary>The methods with which a library may map its own controllers.</summary>
    private static IEnumerable<ISymbol> Mappers(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        TypeNames.EffectiveAccessibility(type) == Accessibility.Public
        && member is IMethodSymbol { IsStatic: true, DeclaredAccessibility: Accessibility.Public, Parameters: [var first, ..] }
        && Union.Bases(first.Type).Any(candidate => candidate.Name is "IEndpointRouteBuilder" or "IApplicationBuilder"));

    /// <summary>Whether a file of the project names one of them. Reads a file again only after it has changed.</summary>
    private static bool IsMentioned(OperationAnalysisContext context, HashSet<string> names) =>
        context.Compilation.SyntaxTrees.Any(tree => NamesIn(tree, context.CancellationToken).Overlaps(names));

    private static HashSet<string> NamesIn(SyntaxTree tree, CancellationToken cancellationToken) => Names.GetValue(tree, tree =>
    [
        .. tree.GetRoot(cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText),
    ]);
}
