using Microsoft.CodeAnalysis;

namespace Krait.Generators.CodeFixes;

/// <summary>Checks that a fix causes no new compiler error.</summary>
/// <remarks>
/// Only the compiler knows what breaks when a method becomes static or a record a class: callers, overrides, method
/// groups, other projects.
/// So each fix compiles the changed code before it is offered.
/// </remarks>
internal static class CanChange
{
    /// <summary>
    /// Whether a change leaves no more compiler errors of any kind: a fix must not replace one error with another.
    /// </summary>
    /// <param name="before">The solution as it is.</param>
    /// <param name="after">The solution with the change.</param>
    /// <param name="everywhere">Whether the change can break other files than those it edits; then these and all dependent
    /// projects are compiled.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<bool> InAsync(Solution before, Solution after, bool everywhere, CancellationToken cancellationToken)
    {
        var edited = after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments())
            .ToLookup(document => document.ProjectId);
        var graph = before.GetProjectDependencyGraph();
        var projects = edited.Select(group => group.Key);
        if (everywhere)
            projects = projects.SelectMany(project =>
                graph.GetProjectsThatTransitivelyDependOnThisProject(project).Append(project)).Distinct();

        foreach (var project in projects.ToList())
        {
            var files = everywhere ? null : edited[project];
            var old = await ErrorsAsync(before, project, files, cancellationToken).ConfigureAwait(false);
            var now = await ErrorsAsync(after, project, files, cancellationToken).ConfigureAwait(false);
            if (now.Any(errors => errors.Count() > old[errors.Key].Count()))
                return false;
        }

        return true;
    }

    /// <summary>The compiler's errors, by their ids.</summary>
    private static async Task<ILookup<string, Diagnostic>> ErrorsAsync(
        Solution solution, ProjectId id, IEnumerable<DocumentId>? files, CancellationToken cancellationToken)
    {
        var project = solution.GetProject(id)!;
        var diagnostics = new List<Diagnostic>();
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation)
        {
            if (files is null)
                diagnostics.AddRange(compilation.GetDiagnostics(cancellationToken));

            foreach (var file in files ?? [])
            {
                var tree = await project.GetDocument(file)!.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
                diagnostics.AddRange(compilation.GetSemanticModel(tree!).GetDiagnostics(cancellationToken: cancellationToken));
            }
        }

        return diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToLookup(diagnostic => diagnostic.Id);
    }
}
