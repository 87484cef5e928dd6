using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>A step of a tutorial, and the project as it is after it.</summary>
/// <param name="Title">Its heading, such as <c>2. Typed messages</c>.</param>
/// <param name="Files">Every file of the project by its path, also those of earlier steps.</param>
/// <param name="Shown">The blocks of output.</param>
/// <param name="Commands">The commands, with their output.</param>
internal sealed record TutorialStep(string Title, Dictionary<string, string> Files, List<string> Shown, List<TutorialCommand> Commands)
{
    private static readonly SyntaxTree s_usings =
        UserProject.Parse(UserProject.ImplicitUsings.Replace("global using Krait;", "", StringComparison.Ordinal), "Usings.cs");

    // A project of the template writes no documentation, so the compiler does not ask for doc comments.
    private static readonly CSharpCompilationOptions s_options = UserProject.Options
        .WithOutputKind(OutputKind.ConsoleApplication)
        .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]);

    /// <summary>The project as the compiler gets it.</summary>
    public CSharpCompilation Project => Compile(Files.Where(file => !IsOutside(file.Key)));

    /// <summary>The programs next to the project, each a file of its own.</summary>
    public IEnumerable<CSharpCompilation> Scripts => Files.Where(file => IsOutside(file.Key)).Select(file => Compile([file]));

    /// <summary>The project with a change to one of its files.</summary>
    public CSharpCompilation With(string path, string oldText, string newText)
    {
        Assert.Contains(oldText, Files[path], StringComparison.Ordinal);
        return (this with { Files = new(Files) { [path] = Files[path].Replace(oldText, newText, StringComparison.Ordinal) } }).Project;
    }

    private static bool IsOutside(string path) => path.StartsWith("../", StringComparison.Ordinal);

    private static CSharpCompilation Compile(IEnumerable<KeyValuePair<string, string>> files) =>
        UserProject.Empty
            .AddSyntaxTrees(files.Where(file => file.Key.EndsWith(".cs", StringComparison.Ordinal)).Select(file => UserProject.Parse(file.Value, file.Key)))
            .AddSyntaxTrees(s_usings)
            .WithOptions(s_options);
}
