using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>A fix of one rule that edits text: for one diagnostic, or for all at once.</summary>
public abstract class TextFix : CodeFixProvider
{
    private readonly string title;
    private readonly Func<Finding, string>? name;

    /// <param name="id">The id of the rule.</param>
    /// <param name="title">The title; <c>{0}</c> is the name of the thing that the fix changes.</param>
    /// <param name="name">Returns that name.</param>
    private protected TextFix(string id, string title, Func<Finding, string>? name = null)
    {
        FixableDiagnosticIds = [id];
        (this.title, this.name) = (title, name);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <summary>Whether the change may break files that it does not edit.</summary>
    private protected virtual bool ReachesFar => false;

    private string Key => GetType().Name;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new TextFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.Document.Project.Solution;
        var findings = await ReadAsync(
            context.Diagnostics.Select(diagnostic => (context.Document, diagnostic)), context.CancellationToken)
            .ConfigureAwait(false);
        if (findings.Count > 0 && await CanMendAsync(solution, findings, context.CancellationToken).ConfigureAwait(false))
            context.RegisterCodeFix(
                CodeAction.Create(Title(findings[0]), MendOneAsync, equivalenceKey: Key), context.Diagnostics);

        async Task<Solution> MendOneAsync(CancellationToken cancellationToken) =>
            await Edit.ApplyAsync(
                solution, await MendAllAsync(findings).ConfigureAwait(false), marksNames: true, cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Whether there are edits, and whether the code still compiles after them.</summary>
    private protected virtual async Task<bool> CanMendAsync(
        Solution solution, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var edits = (await MendAllAsync(findings).ConfigureAwait(false)).ToList();
        return edits.Count > 0 && await CanApplyAsync(solution, edits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The edits for several findings; one after the other unless a fix overrides this.</summary>
    private protected virtual async Task<IEnumerable<Edit>> MendAllAsync(IReadOnlyList<Finding> findings)
    {
        var edits = new List<Edit>();
        foreach (var finding in findings)
            edits.AddRange(await MendAsync(finding).ConfigureAwait(false));

        return edits;
    }

    private protected virtual Task<IEnumerable<Edit>> MendAsync(Finding finding) => Task.FromResult(Mend(finding));

    /// <summary>The edits for one finding; empty if no edit surely leaves code that compiles.</summary>
    private protected virtual IEnumerable<Edit> Mend(Finding finding) => [];

    private string Title(Finding finding) =>
        name is null ? title : string.Format(CultureInfo.InvariantCulture, title, name(finding));

    private async Task<bool> CanApplyAsync(Solution solution, IEnumerable<Edit> edits, CancellationToken cancellationToken)
    {
        var mended = await Edit.ApplyAsync(solution, edits, marksNames: false, cancellationToken).ConfigureAwait(false);
        return await CanChange.InAsync(solution, mended, ReachesFar, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The edits for all findings that can be fixed without a new compiler error.</summary>
    private async Task<IReadOnlyList<Edit>> MendSafelyAsync(
        Solution solution, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var edits = (await MendAllAsync(findings).ConfigureAwait(false)).ToList();
        if (edits.Count == 0 || await CanApplyAsync(solution, edits, cancellationToken).ConfigureAwait(false))
            return edits;

        var safe = new List<Finding>();
        foreach (var finding in findings)
        {
            if (await CanMendAsync(solution, [finding], cancellationToken).ConfigureAwait(false))
                safe.Add(finding);
        }

        return [.. await MendAllAsync(safe).ConfigureAwait(false)];
    }

    private static async Task<IReadOnlyList<Finding>> ReadAsync(
        IEnumerable<(Document, Diagnostic)> diagnostics, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (document, diagnostic) in diagnostics)
        {
            if (await Finding.ReadAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } finding)
                findings.Add(finding);
        }

        return findings;
    }

    /// <summary>
    /// Fixes a file, a project or a solution in one step, so that edits that several diagnostics need are made only once.
    /// </summary>
    private sealed class TextFixAll(TextFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var diagnostics =
                from diagnostic in await DiagnosticsAsync(context).ConfigureAwait(false)
                let document = context.Solution.GetDocument(diagnostic.Location.SourceTree)
                where document is not null
                orderby document.FilePath ?? document.Name, diagnostic.Location.SourceSpan.Start
                select (document, diagnostic);
            var findings = await ReadAsync(diagnostics, context.CancellationToken).ConfigureAwait(false);
            var edits = await fix.MendSafelyAsync(context.Solution, findings, context.CancellationToken).ConfigureAwait(false);
            return edits.Count == 0
                ? null
                : CodeAction.Create($"Fix all occurrences of {fix.FixableDiagnosticIds[0]}", MendAsync, fix.Key);

            Task<Solution> MendAsync(CancellationToken cancellationToken) =>
                Edit.ApplyAsync(context.Solution, edits, marksNames: false, cancellationToken);
        }

        private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
        {
            switch (context.Scope)
            {
                case FixAllScope.Document when context.Document is { } document:
                    return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
                case FixAllScope.Project:
                    return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
                default:
                    var all = new List<Diagnostic>();
                    foreach (var project in context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
                        all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));

                    return all;
            }
        }
    }
}
