using Krait.Generators.Emission;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Krait.Generators.Diagnostics;

/// <summary>KRAIT092: an application has controllers, but maps none of them.</summary>
internal static class MissingMapping
{
    public static void Check(OperationAnalysisContext context, IInvocationOperation call, KnownSymbols known)
    {
        if (IsStart(context, call)
            && known.Controllers.Value.SelectMany(controllers => controllers).FirstOrDefault() is { } controller
            && !known.Index.Maps(static tree => !tree.FilePath.EndsWith(HintNames.Mapping, StringComparison.Ordinal)))
            context.ReportDiagnostic(Diagnostic.Create(Rules.MissingMapping, Places.Name(call.Syntax), controller.Name));
    }

    /// <summary>Whether an application starts here.</summary>
    public static bool IsStart(OperationAnalysisContext context, IInvocationOperation call) =>
        call.TargetMethod.ContainingType is { Name: "WebApplication", ContainingNamespace.Name: "Builder" }
        && context.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
}
