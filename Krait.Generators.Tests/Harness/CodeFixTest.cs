using System.Reflection;
using Krait.Generators.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.Tests.Harness;

/// <inheritdoc/>
/// <typeparam name="TFix">The fix.</typeparam>
internal sealed class CodeFixTest<TFix>(params IReadOnlyList<string> sources) : CodeFixTest(new TFix(), UserProject.OptionsOf(sources), sources)
    where TFix : CodeFixProvider, new();

/// <summary>Applies a code fix to a project in a workspace, as an editor does: generators and analyzers come with the project.</summary>
internal class CodeFixTest
{
    private static readonly LoadedAssemblies Loader = new();

    private static readonly IReadOnlyList<AnalyzerReference> Analyzers =
    [
        new AnalyzerFileReference(typeof(WebSocketControllerGenerator).Assembly.Location, Loader),
        new AnalyzerFileReference(UserProject.JsonGeneratorPath, Loader),
    ];

    private readonly CodeFixProvider fix;
    private Project project;

    /// <summary>Opens a project with these files.</summary>
    public CodeFixTest(CodeFixProvider fix, CSharpCompilationOptions options, IReadOnlyList<string> sources)
    {
        this.fix = fix;
        project = Open(new AdhocWorkspace().CurrentSolution, "UserProject", options, sources);
    }

    /// <summary>Adds a project with these files to a solution.</summary>
    public static Project Open(Solution solution, string name, CSharpCompilationOptions options, IReadOnlyList<string> sources)
    {
        var id = ProjectId.CreateNewId();
        var project = solution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            name,
            name,
            LanguageNames.CSharp,
            compilationOptions: options,
            parseOptions: UserProject.ParseOptions,
            metadataReferences: UserProject.References,
            analyzerReferences: Analyzers)).GetProject(id)!;
        foreach (var (index, source) in sources.Append(UserProject.ImplicitUsings).Index())
            project = project.AddDocument($"Source{index}.cs", SourceText.From(source)).Project;

        return project;
    }

    /// <summary>Every fix that the package brings.</summary>
    public static IReadOnlyList<CodeFixProvider> All { get; } =
    [
        .. from type in typeof(MakePartialFix).Assembly.GetTypes()
           where typeof(CodeFixProvider).IsAssignableFrom(type) && !type.IsAbstract
           select (CodeFixProvider)Activator.CreateInstance(type)!,
    ];

    /// <summary>Replaces the references, such as with those to a compiled library.</summary>
    public CodeFixTest Referring(IEnumerable<MetadataReference> references)
    {
        project = project.WithMetadataReferences(references);
        return this;
    }

    /// <summary>Adds a project that refers to this one.</summary>
    public CodeFixTest With(string source)
    {
        var other = Open(project.Solution, "Other", UserProject.Options, [source]).AddProjectReference(new(project.Id));
        project = other.Solution.GetProject(project.Id)!;
        return this;
    }

    /// <summary>Adds a project to which this one refers.</summary>
    public CodeFixTest On(string source)
    {
        var library = Open(project.Solution, "Library", UserProject.OptionsOf([source]), [source]);
        project = library.Solution.GetProject(project.Id)!.AddProjectReference(new(library.Id));
        return this;
    }

    /// <summary>Applies the only fix that is offered for one diagnostic.</summary>
    /// <param name="index">Which, in the order of the source; the first if nothing is said.</param>
    public async Task Fix(int index = 0) => await Apply((await Offered(index)).Action);

    /// <summary>What the fix for one diagnostic says that it does.</summary>
    public async Task<string> Title() => (await Offered(0)).Action.Title;

    /// <summary>Demands that no fix is offered, since none would leave code that compiles.</summary>
    public async Task OffersNothing() => Assert.Empty((await Actions(0)).Actions);

    /// <summary>The name on which an editor puts its author's cursor after the fix; null if there is none.</summary>
    public async Task<string?> NameToChange()
    {
        foreach (var document in project.Documents)
        {
            var root = await document.GetSyntaxRootAsync(TestContext.Current.CancellationToken);
            if (root!.GetAnnotatedTokens(RenameAnnotation.Kind).ToList() is [var token, ..])
                return token.Text;
        }

        return null;
    }

    /// <summary>Applies the fix to the whole project at once.</summary>
    public async Task FixAll()
    {
        var (document, action) = await Offered(0);
        var context = new FixAllContext(
            document, fix, FixAllScope.Project, action.EquivalenceKey, fix.FixableDiagnosticIds, new ProjectDiagnostics(fix), TestContext.Current.CancellationToken);
        await Apply((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    /// <summary>The text of a file as it now is.</summary>
    public async Task<string> Source(int index) =>
        (await project.Documents.ElementAt(index).GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    /// <summary>What Krait and the compiler still complain about.</summary>
    public async Task<IEnumerable<string>> Complaints()
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return (await KraitAnalyzers.Analyze(compilation, fix.FixableDiagnosticIds[0]))
            .Concat(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            .Select(diagnostic => diagnostic.ToString());
    }

    private async Task<(Document Document, CodeAction Action)> Offered(int index)
    {
        var (document, actions) = await Actions(index);
        return (document, Assert.Single(actions));
    }

    private async Task<(Document Document, IReadOnlyList<CodeAction> Actions)> Actions(int index)
    {
        var diagnostic = (await Fixable(project, fix)).ToList()[index];
        var document = project.GetDocument(diagnostic.Location.SourceTree)!;
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        return (document, actions);
    }

    private async Task Apply(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        project = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
    }

    /// <summary>What a fix can mend in a project.</summary>
    public static async Task<IEnumerable<Diagnostic>> Fixable(Project project, CodeFixProvider fix)
    {
        var ids = fix.FixableDiagnosticIds;
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        return (await KraitAnalyzers.Analyze(compilation, ids[0])).Where(diagnostic => ids.Contains(diagnostic.Id));
    }

    /// <summary>Brings an editor's "fix all" what a fix can mend.</summary>
    public sealed class ProjectDiagnostics(CodeFixProvider fix) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Fixable(project, fix);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await Fixable(document.Project, fix)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }
    }

    /// <summary>The assemblies of the test process, so that the generator is the one that is tested everywhere else.</summary>
    private sealed class LoadedAssemblies : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => fullPath == UserProject.JsonGeneratorPath ? Assembly.LoadFrom(fullPath) : typeof(WebSocketControllerGenerator).Assembly;
    }
}
