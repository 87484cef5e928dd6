using System.Runtime.CompilerServices;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A controller is parsed again where an edit elsewhere makes something that it mentions mean something else: whatever was edited, what is generated is what a first run generates.</summary>
[Trait("Category", "Slow")]
public sealed class DeclaringEditTests
{
    private static readonly HashSet<string> Untouched = [];

    public static TheoryData<string> Edits => [.. ChangingProject.Edits.Keys];

    public static TheoryData<string> Others => [.. ChangingProject.Others.Keys];

    [Theory]
    [MemberData(nameof(Edits))]
    public void What_stands_elsewhere_and_matters_is_seen(string edit)
    {
        var (before, after) = (ChangingProject.With(Untouched), ChangingProject.With(new HashSet<string> { edit }));
        var driver = ManyControllers.NewDriver().RunGenerators(before, TestContext.Current.CancellationToken);

        AssertSame(after, driver.RunGenerators(ChangingProject.Edit(before, new HashSet<string> { edit }), TestContext.Current.CancellationToken), edit);
        Assert.NotEqual(Texts(driver), Texts(ManyControllers.NewDriver().RunGenerators(after, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_does_not_matter_changes_nothing(string edit)
    {
        var project = ChangingProject.With(Untouched);
        var driver = ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken);

        Assert.Equal(Texts(driver), Texts(driver.RunGenerators(ChangingProject.Edit(project, new HashSet<string> { edit }), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void After_any_edits_in_any_order_the_files_are_those_of_a_first_run(int seed)
    {
        var random = new Random(seed);
        string[] all = [.. ChangingProject.Edits.Keys, .. ChangingProject.Others.Keys];
        var edits = new HashSet<string>();
        var project = ChangingProject.With(edits);
        var driver = ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken);
        for (var step = 0; step < 40; step++)
        {
            var toggled = random.GetItems(all, random.Next(1, 4)).Distinct().ToHashSet();
            edits.SymmetricExceptWith(toggled);
            project = ChangingProject.Edit(project, edits);
            driver = driver.RunGenerators(project, TestContext.Current.CancellationToken);
            AssertSame(project.Clone(), driver, $"step {step}, {string.Join(" and ", toggled)}");
        }
    }

    [Fact]
    public void An_option_of_the_project_is_seen()
    {
        var project = ChangingProject.With(Untouched);
        var driver = ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken);
        var edited = project.WithOptions(UserProject.Options.WithNullableContextOptions(NullableContextOptions.Disable));

        AssertSame(edited.Clone(), driver.RunGenerators(edited, TestContext.Current.CancellationToken), "null is not checked");
    }

    [Fact]
    public void Files_in_another_order_or_of_another_name_are_seen()
    {
        var project = ChangingProject.With(Untouched);
        var driver = ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken);
        var shuffled = project.RemoveAllSyntaxTrees().AddSyntaxTrees(project.SyntaxTrees.Reverse());
        var tree = project.SyntaxTrees.Single(tree => tree.FilePath == "Outer.cs");
        var renamed = project.ReplaceSyntaxTree(tree, UserProject.Parse("[Obsolete] " + tree, "A.cs"));

        AssertSame(shuffled.Clone(), driver.RunGenerators(shuffled, TestContext.Current.CancellationToken), "a shuffle");
        AssertSame(renamed.Clone(), driver.RunGenerators(renamed, TestContext.Current.CancellationToken), "a file renamed");
    }

    [Fact]
    public void Only_the_type_that_was_not_there_refuses_a_controller() => Assert.Equal(
        ["OrderController.g.cs"],
        Texts(ManyControllers.NewDriver().RunGenerators(ChangingProject.With(Untouched), TestContext.Current.CancellationToken)).Where(file => file.Value.Contains("Refused(", StringComparison.Ordinal)).Select(file => file.Key));

    [Fact]
    public void What_is_remembered_keeps_no_compilation()
    {
        var (driver, first) = EditOnce();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(first.IsAlive);
        GC.KeepAlive(driver);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference First) EditOnce()
    {
        var project = ChangingProject.With(Untouched);
        var driver = ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken);
        return (driver.RunGenerators(ChangingProject.Edit(project, new HashSet<string> { "a member" }), TestContext.Current.CancellationToken), new(project));
    }

    private static void AssertSame(CSharpCompilation project, GeneratorDriver driver, string edit)
    {
        var (expected, actual) = (Texts(ManyControllers.NewDriver().RunGenerators(project, TestContext.Current.CancellationToken)), Texts(driver));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, file => Assert.True(file.Value == actual[file.Key], $"After {edit}: {file.Key} is stale.\n{actual[file.Key]}\n--- and not\n{file.Value}"));
    }

    private static SortedDictionary<string, string> Texts(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()), StringComparer.Ordinal);
}
