using System.Diagnostics;
using System.Globalization;
using Krait.Generators;
using Krait.Generators.Emission;
using Krait.Generators.Specs;
using Krait.Generators.Tests.Incrementality;
using Microsoft.CodeAnalysis;

// Prints what a keystroke costs in a large project: medians of time, and of what is allocated on the way.
// With --quick it only shows that all of it still runs.
var rounds = args is ["--quick"] ? 3 : 21;

var large = new ManyControllers();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ManyControllers.Controllers} controllers of 8 handlers beside {ManyControllers.PlainFiles} plain files; medians of {rounds} runs"));
Measure("bare walk after an unrelated edit", large.EditPlain, project => ManyControllers.Walk(project));
Measure("generator, after an unrelated edit", large.EditPlain, large.Generate);
Measure("generator, after an unrelated member", large.AddMember, large.Generate);
Measure("generator, after an unrelated type", large.AddType, large.Generate);
Measure("generator, after an unrelated file added", large.AddFile, large.Generate);
Measure("generator, after an unrelated file removed", large.RemoveFile, large.Generate);
Measure("generator, after the first unrelated member", () => new ManyControllers(), project => project.Generate(project.AddMember()));
Measure("generator, after an edit in one controller", large.EditController, large.Generate);
Measure("generator, cold", large.EditPlain, project => ManyControllers.NewDriver().RunGenerators(project));

var specs = ManyControllers.NewDriver(tracks: true).RunGenerators(large.Project).GetRunResult().Results[0].TrackedSteps[TrackingNames.CompleteControllers]
    .SelectMany(step => step.Outputs).Select(output => (ControllerSpec)output.Value).ToList();
Measure("emission of one controller's file", () => specs[0], ControllerEmitter.Emit, repeats: 100);

void Measure<TInput, TResult>(string name, Func<TInput> prepare, Func<TInput, TResult> action, int repeats = 1)
{
    var runs = Enumerable.Range(0, rounds).Select(_ => Run(prepare(), action, repeats)).ToList();
    var time = runs.Select(run => run.Time).Order().ElementAt(rounds / 2);
    var bytes = runs.Select(run => run.Bytes).Order().ElementAt(rounds / 2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-46} {time.TotalMicroseconds,12:N1} us {bytes / 1024.0,12:N1} KiB"));
}

static (TimeSpan Time, long Bytes) Run<TInput, TResult>(TInput input, Func<TInput, TResult> action, int repeats)
{
    var (began, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
    for (var repeat = 0; repeat < repeats; repeat++)
        GC.KeepAlive(action(input));

    var (bytes, time) = (GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(began));
    return (time / repeats, bytes / repeats);
}
