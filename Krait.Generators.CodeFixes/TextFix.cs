using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>A fix of one rule that changes the text at what diagnostics point to: for one of them, or for all at once.</summary>
public abstract class TextFix : CodeFixProvider
{
    private protected TextFix(string id, string title)
    {
        FixableDiagnosticIds = [id];
        Title = title;
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new TextFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var findings = await ReadAsync(context.Diagnostics.Select(diagnostic => (context.Document, diagnostic)), context.CancellationToken).ConfigureAwait(false);
        if (findings.Count == 0 || !await CanMendAsync(findings).ConfigureAwait(false))
            return;

        context.RegisterCodeFix(CodeAction.Create(Title, MendOneAsync, equivalenceKey: Title), context.Diagnostics);

        async Task<Solution> MendOneAsync(CancellationToken cancellationToken) =>
            await Edit.ApplyAsync(context.Document.Project.Solution, await MendAllAsync(findings).ConfigureAwait(false), marksNames: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether there is anything to offer; where finding out costs as much as mending, that is what is done.</summary>
    private protected virtual async Task<bool> CanMendAsync(IReadOnlyList<Finding> findings) => (await MendAllAsync(findings).ConfigureAwait(false)).Any();

    /// <summary>The edits that mend several findings; each by itself, unless a fix knows better.</summary>
    private protected virtual async Task<IEnumerable<Edit>> MendAllAsync(IReadOnlyList<Finding> findings)
    {
        var edits = new List<Edit>();
        foreach (var finding in findings)
            edits.AddRange(await MendAsync(finding).ConfigureAwait(false));

        return edits;
    }

    private protected virtual Task<IEnumerable<Edit>> MendAsync(Finding finding) => Task.FromResult(Mend(finding));

    /// <summary>The edits that mend one finding; none where no edit is sure to leave code that compiles.</summary>
    private protected virtual IEnumerable<Edit> Mend(Finding finding) => [];

    private static async Task<IReadOnlyList<Finding>> ReadAsync(IEnumerable<(Document, Diagnostic)> diagnostics, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (document, diagnostic) in diagnostics)
        {
            if (await Finding.ReadAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } finding)
                findings.Add(finding);
        }

        return findings;
    }

    /// <summary>Mends a file, a project or a solution in one step, so that what several diagnostics ask for is done once.</summary>
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
            var edits = (await fix.MendAllAsync(findings).ConfigureAwait(false)).ToList();
            return edits.Count == 0 ? null
                : CodeAction.Create(fix.Title, cancellationToken => Edit.ApplyAsync(context.Solution, edits, marksNames: false, cancellationToken), equivalenceKey: fix.Title);
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
