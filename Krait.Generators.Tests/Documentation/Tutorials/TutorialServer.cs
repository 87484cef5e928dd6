using Krait.Generators.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>The project of a step, run by its own Program.cs, on a free port of the loopback.</summary>
internal sealed class TutorialServer : IAsyncDisposable
{
    private readonly RunningProgram _program;

    private TutorialServer(RunningProgram program)
    {
        _program = program;
        program.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
    }

    /// <summary>The address that it prints.</summary>
    public Uri Url => _program.Url;

    /// <summary>What it has logged since it started.</summary>
    public LineLog Log { get; } = new();

    /// <summary>Builds and starts the project of a step.</summary>
    public static async Task<TutorialServer> Start(TutorialStep step) => new(await RunningProgram.Start(
        new LoadedProject(GeneratorRun.Of(step.Project)),
        directory =>
        {
            directory.CreateSubdirectory("wwwroot");
            foreach (var (path, text) in step.Files.Where(file => file.Key.StartsWith("wwwroot/", StringComparison.Ordinal)))
                File.WriteAllText(Path.Combine(directory.FullName, path), text);
        },
        "--Logging:Console:LogLevel:Default=None"));

    /// <inheritdoc cref="RunningProgram.WaitForMembers"/>
    public Task WaitForMembers(string message, string room, int count) => _program.WaitForMembers(message, room, count);

    /// <summary>Stops it as Ctrl+C does.</summary>
    public Task Stop() => _program.Stop();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
