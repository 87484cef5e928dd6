using Krait.Generators.Tests.Harness;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Krait.Generators.Tests.Documentation;

/// <summary>A compiled project that its own Program.cs runs, as a server on a free port of the loopback.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly LoadedProject _project;
    private readonly DirectoryInfo _directory;
    private readonly IHost _host;
    private readonly Task _main;

    private RunningProgram(LoadedProject project, DirectoryInfo directory, IHost host, Task main)
    {
        (_project, _directory, _host, _main) = (project, directory, host, main);
        Url = new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>How long anything may take on a busy machine.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The address that it prints.</summary>
    public Uri Url { get; }

    /// <summary>The services of the program.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a project, and waits until it listens.</summary>
    /// <param name="project">The project.</param>
    /// <param name="write">Writes files such as <c>wwwroot/index.html</c> below its content root.</param>
    /// <param name="arguments">Further arguments of the command line, which also set configuration: <c>--Name=value</c>.</param>
    public static async Task<RunningProgram> Start(LoadedProject project, Action<DirectoryInfo> write, params IReadOnlyList<string> arguments)
    {
        var directory = Directory.CreateTempSubdirectory("krait-program-");
        write(directory);
        var entry = new HostedEntryPoint(project.Assembly.EntryPoint!,
        [
            "--urls=http://127.0.0.1:0",
            $"--contentRoot={directory.FullName}",
            "--hostBuilder:reloadConfigOnChange=false", // watchers of files are scarce, and many tests run at once
            .. arguments,
        ]);
        return new(project, directory, await entry.Started.WaitAsync(Patience, TestContext.Current.CancellationToken), entry.Returned);
    }

    /// <summary>
    /// Waits until a room has as many members. A client joins after the server has accepted it, so it may miss what others send at once.
    /// </summary>
    /// <param name="message">The name of the type that the room sends.</param>
    /// <param name="room">The name of the room.</param>
    /// <param name="count">How many members.</param>
    public async Task WaitForMembers(string message, string room, int count)
    {
        var type = _project.Assembly.GetType(message, throwOnError: true)!;
        var rooms = typeof(IRooms<>).MakeGenericType(type);
        var found = rooms.GetProperty("Item")!.GetValue(Services.GetRequiredService(rooms), [room]);
        var members = typeof(IRoom<>).MakeGenericType(type).GetProperty(nameof(IRoom<>.LocalCount))!;
        for (var deadline = DateTime.UtcNow + Patience; !count.Equals(members.GetValue(found)); await Task.Delay(10, TestContext.Current.CancellationToken))
            Assert.True(DateTime.UtcNow < deadline, $"{room} has {members.GetValue(found)} members.");
    }

    /// <summary>Stops the program as SIGTERM does, and waits until it has returned.</summary>
    public async Task Stop()
    {
        if (!_main.IsCompleted)
            _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await _main.WaitAsync(Patience, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _project.Dispose();
        _directory.Delete(recursive: true);
    }
}
