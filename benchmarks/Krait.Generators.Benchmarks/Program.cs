using System.Collections.Immutable;
using Krait.Generators;
using Krait.Generators.Benchmarks;
using Krait.Generators.Diagnostics;
using Krait.Generators.Emission;
using Krait.Generators.Specs;
using Krait.Generators.Tests.Incrementality;
using Microsoft.CodeAnalysis.Diagnostics;

// Prints what a keystroke costs in a large project: medians of processor time, and of what is allocated on the way.
// It fails if Krait's analyzers take more than three times what the compiler takes for the edited file.
// With --quick it only shows that all of it still runs.
var cost = new Cost(rounds: args is ["--quick"] ? 3 : 21);
var isCheap = true;
foreach (var files in new[] { 200, 3_000 })
{
    var connected = new ConnectedProject(files);
    Console.WriteLine($"20 controllers and {files} files that refer to each other");
    isCheap &= Analysis("handler's body", connected, connected.EditController);
    isCheap &= Analysis("controller's member", connected, connected.AddToController);
    isCheap &= Analysis("body elsewhere", connected, connected.EditPlain);
    isCheap &= Analysis("member elsewhere", connected, connected.AddMember);
    isCheap &= Analysis("file that runs it", connected, connected.EditProgram);
    cost.Measure("generator, after a handler's body", connected.EditController, connected.Generate);
    cost.Measure("generator, after a body elsewhere", connected.EditPlain, connected.Generate);
    cost.Measure("generator, after a member elsewhere", connected.AddMember, connected.Generate);
}

var large = new ManyControllers();
Console.WriteLine($"{ManyControllers.Controllers} controllers of 8 handlers next to {ManyControllers.PlainFiles} plain files");
cost.Measure("bare walk over the controllers", large.EditPlain, project => ManyControllers.Walk(project));
cost.Measure("generator, after an unrelated edit", large.EditPlain, large.Generate);
cost.Measure("generator, after an unrelated member", large.AddMember, large.Generate);
cost.Measure("generator, after an edit in one controller", large.EditController, large.Generate);
cost.Measure("generator, cold", large.EditPlain, project => ManyControllers.NewDriver().RunGenerators(project));

var run = ManyControllers.NewDriver(tracks: true).RunGenerators(large.Project).GetRunResult().Results[0];
var specs = run.TrackedSteps[TrackingNames.CompleteControllers]
    .SelectMany(step => step.Outputs).Select(output => (ControllerSpec)output.Value).ToList();
cost.Measure("emission of all controllers' files", () => specs, specs => specs.ConvertAll(ControllerEmitter.Emit));
return isCheap || args is ["--quick"] ? 0 : 1;

bool Analysis(string edit, ConnectedProject project, Func<EditedProject> apply)
{
    ImmutableArray<DiagnosticAnalyzer> all = [new ControllerAnalyzer(), new BodyAnalyzer()];
    var compiler = cost.Measure($"compiler, after a {edit}", Prepare, edited => edited.Check());
    var analyzers = cost.Measure($"analyzers, after a {edit}", Prepare, edited => edited.Analyze(all));
    return analyzers <= 3 * compiler;

    EditedProject Prepare() => project.Complete(apply());
}
