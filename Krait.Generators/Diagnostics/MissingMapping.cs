using Krait.Generators.Emission;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT092: an application has controllers and runs without mapping any.</summary>
internal static class MissingMapping
{
    public static void Check(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        if (call.TargetMethod.ContainingType is { Name: "WebApplication", ContainingNamespace.Name: "Builder" }
            && context.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
            && known.Controllers.Value.SelectMany(controllers => controllers).FirstOrDefault() is { } controller
            && !context.Compilation.SyntaxTrees.Any(tree => Maps(tree, context.CancellationToken)))
            context.ReportDiagnostic(Diagnostic.Create(Rules.MissingMapping, Places.Name(call.Syntax), controller.Name));
    }

    /// <summary>Whether a file names one of the methods that map, however it calls it.</summary>
    private static bool Maps(SyntaxTree tree, CancellationToken cancellationToken) =>
        !tree.FilePath.EndsWith(HintNames.Mapping, StringComparison.Ordinal)
        && tree.GetRoot(cancellationToken).DescendantNodes().Any(node => node is SimpleNameSyntax { Identifier.ValueText: "MapWebSocketControllers" or "MapWebSocketController" });
}
