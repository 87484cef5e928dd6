using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>Counts what the whole process allocates, so nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountedAlone
{
    public const string Name = "counted alone";
}

/// <summary>What an edit costs in Krait's analyzers, beside what it costs the compiler to check the edited file.</summary>
[Collection(CountedAlone.Name)]
[Trait("Category", "Slow")]
public sealed class AnalyzerAllocationTests
{
    private const double Limit = 1.5;

    private static readonly ConnectedProject Connected = new(200);

    private static readonly Dictionary<string, Func<EditedProject>> Edits = new()
    {
        ["a handler's body"] = Connected.EditController,
        ["a member of a controller"] = Connected.AddToController,
        ["a body elsewhere"] = Connected.EditPlain,
        ["a member elsewhere"] = Connected.AddMember,
        ["the file that runs the application"] = Connected.EditProgram,
    };

    public static TheoryData<string> Names => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void After_an_edit_the_analyzers_allocate_hardly_more_than_the_compiler(string edit)
    {
        var compiler = Least(Edits[edit], static edited => edited.Check());
        var analyzers = Least(Edits[edit], static edited => edited.Analyze(KraitAnalyzers.All));

        Assert.True(
            analyzers <= Limit * compiler,
            $"Krait allocated {analyzers / 1024} KiB, the compiler {compiler / 1024} KiB: {(double)analyzers / compiler:F2} times.");
    }

    /// <summary>The least of several runs: what is done once does not count.</summary>
    private static long Least<T>(Func<EditedProject> edit, Func<EditedProject, T> action) => Enumerable.Range(0, 5).Min(_ =>
    {
        var edited = Connected.Complete(edit());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var result = action(edited);
        var after = GC.GetTotalAllocatedBytes(precise: true);
        GC.KeepAlive(result);
        return after - before;
    });
}
