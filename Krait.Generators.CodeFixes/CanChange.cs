using Microsoft.CodeAnalysis;

namespace Krait.Generators.CodeFixes;

/// <summary>Holds every fix to one law: the compiler has no more errors after it than before.</summary>
/// <remarks>
/// Only the compiler knows everything that breaks when a method becomes static or a record a class: callers, overrides, method groups, other projects.
/// So the changed code is compiled before a fix is offered.
/// </remarks>
internal static class CanChange
{
    /// <summary>Whether a change leaves no project with more compiler errors.</summary>
    /// <param name="before">The solution as it is.</param>
    /// <param name="after">The solution with the change.</param>
    /// <param name="everywhere">Whether the change can break other files than those it edits; then these and all dependent projects are compiled.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<bool> InAsync(Solution before, Solution after, bool everywhere, CancellationToken cancellationToken)
    {
        var edited = after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()).ToLookup(document => document.ProjectId);
        var graph = before.GetProjectDependencyGraph();
        var projects = edited.Select(group => group.Key);
        if (everywhere)
            projects = projects.SelectMany(project => graph.GetProjectsThatTransitivelyDependOnThisProject(project).Append(project)).Distinct();

        foreach (var project in projects.ToList())
        {
            var files = everywhere ? null : edited[project];
            if (await CountAsync(after, project, files, cancellationToken).ConfigureAwait(false)
                > await CountAsync(before, project, files, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<int> CountAsync(Solution solution, ProjectId id, IEnumerable<DocumentId>? files, CancellationToken cancellationToken)
    {
        var project = solution.GetProject(id)!;
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return 0;
        if (files is null)
            return CountErrors(compilation.GetDiagnostics(cancellationToken));

        var errors = 0;
        foreach (var file in files)
        {
            var tree = await project.GetDocument(file)!.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            errors += CountErrors(compilation.GetSemanticModel(tree!).GetDiagnostics(cancellationToken: cancellationToken));
        }

        return errors;
    }

    private static int CountErrors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
