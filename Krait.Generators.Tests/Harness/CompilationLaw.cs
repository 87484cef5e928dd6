using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Harness;

/// <summary>Generated code compiles without a warning in any project, however strict.</summary>
internal static class CompilationLaw
{
    /// <summary>Demands that the output has no error, and no warning but those of the test's own undocumented types.</summary>
    public static void Check(GeneratorRun run) => Assert.Empty(Complaints(run).Select(diagnostic => diagnostic.ToString()));

    private static IEnumerable<Diagnostic> Complaints(GeneratorRun run) =>
        from diagnostic in run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
        where diagnostic.Severity >= DiagnosticSeverity.Warning
        where diagnostic.Id != "CS1591" || run.IsGenerated(diagnostic.Location.SourceTree)
        select diagnostic;
}
