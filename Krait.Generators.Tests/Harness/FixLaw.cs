using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>No fix leaves more compiler errors of any kind than there were: not for one diagnostic, and not for all of several projects.</summary>
internal static class FixLaw
{
    /// <summary>Applies the fix of a rule to a source in every way that an editor has.</summary>
    /// <param name="id">The rule; nothing is held where it has no fix.</param>
    /// <param name="source">Wrong code, without marks.</param>
    public static async Task Check(string id, string source)
    {
        if (CodeFixTest.All.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(id)) is not { } fix)
            return;

        var one = CodeFixTest.Open(new AdhocWorkspace().CurrentSolution, "One", UserProject.OptionsOf([source]), [source]);
        var two = CodeFixTest.Open(one.Solution, "Two", UserProject.OptionsOf([source]), [source]);
        var solution = two.Solution;
        one = solution.GetProject(one.Id)!;
        var before = await Errors(one);
        CodeAction? offered = null;
        Document? document = null;
        foreach (var diagnostic in await CodeFixTest.Fixable(one, fix))
        {
            document = one.GetDocument(diagnostic.Location.SourceTree)!;
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), Ct));
            foreach (var action in actions)
            {
                offered = action;
                await Hold(await Apply(action), one.Id, before, action.Title);
            }
        }

        if (offered is null)
            return;

        var context = new FixAllContext(
            document!, fix, FixAllScope.Solution, offered.EquivalenceKey, fix.FixableDiagnosticIds, new CodeFixTest.ProjectDiagnostics(fix), Ct);
        if (await fix.GetFixAllProvider()!.GetFixAsync(context) is not { } all)
            return;

        var mended = await Apply(all);
        await Hold(mended, one.Id, before, all.Title);
        await Hold(mended, two.Id, before, all.Title);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<Solution> Apply(CodeAction action) =>
        (await action.GetOperationsAsync(Ct)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task Hold(Solution mended, ProjectId project, IReadOnlyList<Diagnostic> before, string title)
    {
        var after = await Errors(mended.GetProject(project)!);
        var kinds = before.ToLookup(error => error.Id);
        Assert.True(after.GroupBy(error => error.Id).All(errors => errors.Count() <= kinds[errors.Key].Count()), $"'{title}' leaves more errors than before:\n{string.Join('\n', after)}\n\nBefore:\n{string.Join('\n', before)}");
    }

    private static async Task<IReadOnlyList<Diagnostic>> Errors(Project project) =>
    [
        .. from diagnostic in ((CSharpCompilation)(await project.GetCompilationAsync(Ct))!).GetDiagnostics(Ct)
           where diagnostic.Severity == DiagnosticSeverity.Error
           select diagnostic,
    ];
}
