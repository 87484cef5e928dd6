using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Harness;

/// <summary>An edit that changes nothing for a controller costs nothing downstream.</summary>
internal static class CachingLaw
{
    /// <summary>Runs the driver again over the same trees in a new compilation: no tracked step may come to something new, and no output may be written again.</summary>
    public static void Check(GeneratorRun run)
    {
        var again = run.Then(run.Input.Clone());
        foreach (var (name, reasons) in again.Reasons())
            Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"Step {name} was {reason}."));

        Assert.All(again.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    /// <summary>Why each output of each of Krait's tracked steps is what it is.</summary>
    public static IEnumerable<(string Step, IReadOnlyList<IncrementalStepRunReason> Reasons)> Reasons(this GeneratorRun run) =>
        from name in TrackingNames.All
        where run.Krait.TrackedSteps.ContainsKey(name)
        select (name, (IReadOnlyList<IncrementalStepRunReason>)[.. Reasons(run.Krait.TrackedSteps[name])]);

    /// <summary>Why each emitted file is what it is.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> OutputReasons(this GeneratorRun run) =>
        [.. run.Krait.TrackedOutputSteps.SelectMany(step => Reasons(step.Value))];

    private static IEnumerable<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);
}
