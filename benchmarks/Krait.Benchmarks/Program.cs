using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: BenchmarkDotNet would build a project of its own elsewhere, without this repository's settings.
var isDry = args is ["--dry", ..];
var config = DefaultConfig.Instance
    .AddJob((isDry ? Job.Dry : Job.ShortRun.WithIterationCount(9)).WithToolchain(InProcessEmitToolchain.DontLogOutput))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error)
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"))
    .WithOptions(ConfigOptions.DisableLogFile);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(isDry ? ["--filter", "*", .. args[1..]] : args, config).ToList();
return summaries.Count > 0 && summaries.TrueForAll(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
