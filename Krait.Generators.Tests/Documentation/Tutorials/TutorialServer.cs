using Krait.Generators.Tests.Documentation.Recipes;
using Krait.Generators.Tests.Harness;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>The project of a step, run by its own Program.cs, on a free port of the loopback.</summary>
internal sealed class TutorialServer : IAsyncDisposable
{
    private readonly LoadedProject project;
    private readonly DirectoryInfo directory;
    private readonly IHost host;
    private readonly Task main;

    private TutorialServer(LoadedProject project, DirectoryInfo directory, IHost host, Task main)
    {
        (this.project, this.directory, this.host, this.main) = (project, directory, host, main);
        Url = new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
    }

    /// <summary>How long anything may take on a busy machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The address that it prints.</summary>
    public Uri Url { get; }

    /// <summary>What it has logged since it started.</summary>
    public LineLog Log { get; } = new();

    /// <summary>Builds and starts the project of a step.</summary>
    public static async Task<TutorialServer> Start(TutorialStep step)
    {
        var project = new LoadedProject(GeneratorRun.Of(step.Project));
        var directory = Directory.CreateTempSubdirectory("krait-tutorial-");
        foreach (var (path, text) in step.Files.Where(file => file.Key.StartsWith("wwwroot/", StringComparison.Ordinal)))
        {
            directory.CreateSubdirectory("wwwroot");
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, path), text, TestContext.Current.CancellationToken);
        }

        var entry = new HostedEntryPoint(project.Assembly.EntryPoint!,
        [
            "--urls=http://127.0.0.1:0",
            $"--contentRoot={directory.FullName}",
            "--Logging:Console:LogLevel:Default=None",
            "--hostBuilder:reloadConfigOnChange=false", // watchers of files are scarce, and many tests run at once
        ]);
        return new(project, directory, await entry.Started.WaitAsync(Patience, TestContext.Current.CancellationToken), entry.Returned);
    }

    /// <summary>Stops it as Ctrl+C does.</summary>
    public async Task Stop()
    {
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await main.WaitAsync(Patience, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!main.IsCompleted)
            await Stop();
        project.Dispose();
        directory.Delete(recursive: true);
    }
}
