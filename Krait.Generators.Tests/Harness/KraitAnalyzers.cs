using System.Collections.Immutable;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Krait.Generators.Tests.Harness;

/// <summary>Runs every analyzer of Krait, as a build does: over what the user wrote and what the generators added.</summary>
internal static class KraitAnalyzers
{
    /// <summary>Every analyzer that the package brings.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } =
    [
        .. from type in typeof(WebSocketControllerGenerator).Assembly.GetTypes()
           where typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && !type.IsAbstract
           select (DiagnosticAnalyzer)Activator.CreateInstance(type)!,
    ];

    /// <summary>What the analyzers say, in the order of the source. An analyzer that throws fails the test.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="about">The rule that the test is about. Most contexts of the tests check no nullability, and only tests of that rule hear of it.</param>
    public static async Task<IReadOnlyList<Diagnostic>> Analyze(CSharpCompilation compilation, string? about = null)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers(All, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        var heard = diagnostics.Where(diagnostic => diagnostic.Id != DiagnosticIds.UncheckedNullability || diagnostic.Id == about);
        return [.. heard.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
