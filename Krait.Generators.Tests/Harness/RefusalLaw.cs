using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Harness;

/// <summary>The generator refuses a controller exactly when the analyzer reports an error for it that nobody can configure away.</summary>
/// <remarks>Only what other generators add to a controller is an error without a refusal: Krait's generator cannot know of it.</remarks>
internal static class RefusalLaw
{
    /// <summary>Holds the generator to what the analyzers said.</summary>
    /// <param name="run">What the generator did.</param>
    /// <param name="diagnostics">What the analyzers said of the same sources.</param>
    public static void Check(GeneratorRun run, IReadOnlyList<Diagnostic> diagnostics)
    {
        var controllers = Controllers(run).ToList();
        var errors = diagnostics.Where(diagnostic => diagnostic.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)).ToList();
        foreach (var controller in controllers)
        {
            var own = errors.Where(error => IsIn(error, controller) || !controllers.Any(other => IsIn(error, other))).Select(error => error.ToString());
            if (IsRefused(run, controller))
                Assert.True(own.Any(), $"The generator refuses {controller}, and no analyzer says why.");
            else
                Assert.DoesNotContain(own, error => !error.Contains(DiagnosticIds.Unseen, StringComparison.Ordinal));
        }
    }

    /// <summary>The classes that the user annotated.</summary>
    public static IEnumerable<INamedTypeSymbol> Controllers(GeneratorRun run) =>
        from tree in run.Input.SyntaxTrees
        let model = run.Output.GetSemanticModel(tree)
        from declaration in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>()
        let symbol = model.GetDeclaredSymbol(declaration, TestContext.Current.CancellationToken) as INamedTypeSymbol
        where declaration.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => model.GetTypeInfo(attribute, TestContext.Current.CancellationToken).Type?.Name == nameof(WebSocketControllerAttribute))
        group symbol by symbol.ToDisplayString() into parts
        select parts.First();

    /// <summary>Whether a controller got no part of its own, or one whose descriptor only throws.</summary>
    public static bool IsRefused(GeneratorRun run, INamedTypeSymbol controller) =>
        !controller.DeclaringSyntaxReferences
            .Where(part => run.IsGenerated(part.SyntaxTree))
            .Any(part => !part.SyntaxTree.ToString().Contains("ControllerMembers.Refused(", StringComparison.Ordinal));

    private static bool IsIn(Diagnostic diagnostic, INamedTypeSymbol controller) =>
        controller.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == diagnostic.Location.SourceTree && part.Span.Contains(diagnostic.Location.SourceSpan));
}
