using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A project after an edit of one file, and what an editor asks of it then.</summary>
/// <param name="Project">The project, with symbols that nobody has looked at yet.</param>
/// <param name="File">The edited file.</param>
internal sealed record EditedProject(CSharpCompilation Project, SyntaxTree File)
{
    /// <summary>What the compiler says of the edited file.</summary>
    public ImmutableArray<Diagnostic> Check() => Project.GetSemanticModel(File).GetDiagnostics();

    /// <summary>What analyzers say of it; the compiler's own work on the file is part of that.</summary>
    public ImmutableArray<Diagnostic> Analyze(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var analysis = Project.WithAnalyzers(analyzers, options);
        var model = analysis.Compilation.GetSemanticModel(File);
        return analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
    }
}
