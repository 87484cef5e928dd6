using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>One run of the generators over a compilation: Krait's, and beside it the serializer's and somebody else's, as in any project.</summary>
internal sealed class GeneratorRun
{
    private static readonly Assembly JsonGenerator = Assembly.LoadFrom(UserProject.JsonGeneratorPath);

    private readonly GeneratorDriver driver;

    private GeneratorRun(GeneratorDriver driver, CSharpCompilation input)
    {
        this.driver = driver.RunGeneratorsAndUpdateCompilation(input, out var output, out _, TestContext.Current.CancellationToken);
        Input = input;
        Output = (CSharpCompilation)output;
        Krait = this.driver.GetRunResult().Results.Single(result => result.Generator.GetGeneratorType() == typeof(WebSocketControllerGenerator));
        Assert.Null(Krait.Exception);
        Assert.Empty(Krait.Diagnostics);
    }

    /// <summary>What the user wrote.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>What the user wrote and what the generators added.</summary>
    public CSharpCompilation Output { get; }

    /// <summary>What Krait's generator did.</summary>
    public GeneratorRunResult Krait { get; }

    /// <summary>What Krait's generator added, but for the attribute that the compiler itself supplies to generators.</summary>
    public IEnumerable<GeneratedSourceResult> Sources => Krait.GeneratedSources.Where(source => !source.HintName.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal));

    /// <summary>The texts of <see cref="Sources"/>, whatever order they were added in.</summary>
    public IEnumerable<string> Texts => Sources.OrderBy(source => source.HintName, StringComparer.Ordinal).Select(source => source.SourceText.ToString());

    /// <summary>Runs the generators for the first time.</summary>
    public static GeneratorRun Of(CSharpCompilation input) => new(NewDriver((CSharpParseOptions)input.SyntaxTrees[0].Options), input);

    /// <summary>Runs the generators for the first time over sources.</summary>
    public static GeneratorRun Of(params IReadOnlyList<string> sources) => Of(UserProject.Compile(sources));

    /// <summary>Runs the same generators again after an edit, as an editor does.</summary>
    public GeneratorRun Then(CSharpCompilation edited) => new(driver, edited);

    /// <summary>Whether a tree was written by one of the generators.</summary>
    public bool IsGenerated(SyntaxTree? tree) => tree is not null && !Input.ContainsSyntaxTree(tree);

    private static CSharpGeneratorDriver NewDriver(CSharpParseOptions parseOptions) => CSharpGeneratorDriver.Create(
        [
            new WebSocketControllerGenerator().AsSourceGenerator(),
            new OtherGenerator().AsSourceGenerator(),
            ((IIncrementalGenerator)Activator.CreateInstance(JsonGenerator.GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!)!).AsSourceGenerator(),
        ],
        parseOptions: parseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
