using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>What a large project costs while its author types elsewhere, beside a bare walk over its controllers.</summary>
public sealed class AllocationTests
{
    private const double AfterAnUnrelatedEdit = 1.25;

    /// <summary>Then every symbol may mean something else, and all is parsed again. The walk looks at no union: its attributes alone are some 0.4 of it, and the driver looks up 0.35 by itself.</summary>
    private const double AfterAnUnrelatedDeclaration = 2.5;

    private static readonly ManyControllers Large = new();

    [Fact]
    public void After_an_unrelated_edit_the_generator_allocates_hardly_more_than_a_bare_walk_over_the_controllers() =>
        AssertAtMost(AfterAnUnrelatedEdit, Large.EditPlain);

    [Fact]
    public void After_an_unrelated_declaration_it_allocates_what_parsing_takes() => AssertAtMost(AfterAnUnrelatedDeclaration, Large.RenameInPlain);

    [Fact]
    public void After_an_unrelated_edit_no_output_step_runs()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var driver = ManyControllers.NewDriver(tracks: true).RunGenerators(Large.Project, cancellation).RunGenerators(Large.EditPlain(), cancellation);

        var reasons = driver.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();

        Assert.True(reasons.Count > ManyControllers.Controllers);
        Assert.All(reasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static void AssertAtMost(double ratio, Func<CSharpCompilation> edit)
    {
        var walk = Least(edit, project => ManyControllers.Walk(project));
        var generation = Least(edit, Large.Generate);

        Assert.True(generation <= ratio * walk, $"Generation allocated {generation / 1024} KiB, a bare walk {walk / 1024} KiB: {(double)generation / walk:F2} times.");
    }

    /// <summary>The least that one of several runs allocates on this thread: what others do meanwhile, and what is done once, does not count.</summary>
    private static long Least<TResult>(Func<CSharpCompilation> edit, Func<CSharpCompilation, TResult> action) => Enumerable.Range(0, 5).Min(_ =>
    {
        var edited = edit();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action(edited);
        var after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(result);
        return after - before;
    });
}
