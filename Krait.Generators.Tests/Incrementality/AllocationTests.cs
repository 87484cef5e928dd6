using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>What a large project costs while its author types elsewhere, beside a bare walk over its controllers.</summary>
[Trait("Category", "Slow")]
public sealed class AllocationTests
{
    // All controllers are parsed after every edit. That is more than a walk, but it does not grow with the project's other files.
    private const double Limit = 5;

    private static readonly ManyControllers Large = new();

    private static readonly GeneratorDriver Tracking = ManyControllers.NewDriver(tracks: true).RunGenerators(Large.Project);

    public static TheoryData<string> UnrelatedEdits => [.. Edits.Keys];

    private static readonly Dictionary<string, Func<CSharpCompilation>> Edits = new()
    {
        ["a body edited"] = Large.EditPlain,
        ["a member added"] = Large.AddMember,
        ["a type added"] = Large.AddType,
        ["a file added"] = Large.AddFile,
        ["a file removed"] = Large.RemoveFile,
    };

    [Theory]
    [MemberData(nameof(UnrelatedEdits))]
    public void After_an_unrelated_edit_the_generator_allocates_at_most_five_times_what_a_bare_walk_does(string edit)
    {
        var walk = Least(Edits[edit], project => ManyControllers.Walk(project));
        var generation = Least(Edits[edit], Large.Generate);

        Assert.True(generation <= Limit * walk, $"Generation allocated {generation / 1024} KiB, a bare walk {walk / 1024} KiB: {(double)generation / walk:F2} times.");
    }

    [Theory]
    [MemberData(nameof(UnrelatedEdits))]
    public void After_an_unrelated_edit_no_output_step_runs(string edit)
    {
        var driver = Tracking.RunGenerators(Edits[edit](), TestContext.Current.CancellationToken);

        var reasons = driver.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();

        Assert.True(reasons.Count > ManyControllers.Controllers);
        Assert.All(reasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    /// <summary>The least that one of several runs allocates on this thread: what others do meanwhile, and what is done once, does not count.</summary>
    private static long Least<TResult>(Func<CSharpCompilation> edit, Func<CSharpCompilation, TResult> action) => Enumerable.Range(0, 3).Min(_ =>
    {
        var edited = edit();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = action(edited);
        var after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(result);
        return after - before;
    });
}
