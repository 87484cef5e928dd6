using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>A program of a page of the documentation, as a server on a free port of the loopback.</summary>
/// <remarks>
/// A program is a block that is marked as <c>statements</c>, with the blocks that it continues. Its own <c>app.Run()</c> runs it, so it needs no change
/// for the test. The files of the page, such as <c>wwwroot/index.html</c>, are in its content root; see <see cref="PageFile"/>.
/// </remarks>
internal sealed class RunningSnippet : IAsyncDisposable
{
    /// <summary>The time limit of a test in milliseconds, for <see cref="FactAttribute.Timeout"/>: compiling takes long on a busy machine.</summary>
    public const int Deadline = 300_000;

    private readonly RunningProgram _program;

    private RunningSnippet(RunningProgram program)
    {
        _program = program;
        Http = new HttpClient { BaseAddress = program.Url };
    }

    /// <summary>The services of the program.</summary>
    public IServiceProvider Services => _program.Services;

    /// <summary>A client of its HTTP endpoints. Its base address is the server's.</summary>
    public HttpClient Http { get; }

    /// <summary>Compiles and starts a program of a page, and waits until it listens.</summary>
    /// <param name="page">The page, relative to the repository, such as <c>docs/recipes/validation.md</c>.</param>
    /// <param name="program">Which program of the page, counted from 0.</param>
    /// <param name="arguments">Further arguments of the command line, which also set configuration: <c>--Name=value</c>.</param>
    public static async Task<RunningSnippet> Start(string page, int program = 0, params IReadOnlyList<string> arguments)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(TestProject.Repository, page), TestContext.Current.CancellationToken);
        var project = new LoadedProject(GeneratorRun.Of(SnippetProject.Compile(Programs(Snippet.Find(page, lines))[program])));
        return new(await RunningProgram.Start(
            project,
            directory =>
            {
                foreach (var file in PageFile.Find(lines))
                    file.WriteBelow(directory);
            },
            ["--Logging:LogLevel:Default=None", .. arguments]));
    }

    /// <summary>Connects a client.</summary>
    /// <param name="path">The path, and a query if there is one.</param>
    /// <param name="protocols">The subprotocols that it offers.</param>
    public async Task<ClientWebSocket> Connect(string path, params IReadOnlyList<string> protocols)
    {
        var client = new ClientWebSocket();
        await Connect(client, path, protocols);
        return client;
    }

    /// <summary>Connects a client that has options of its own, or that can be asked afterwards why it could not.</summary>
    public Task Connect(ClientWebSocket client, string path, params IReadOnlyList<string> protocols)
    {
        client.Options.CollectHttpResponseDetails = true;
        foreach (var protocol in protocols)
            client.Options.AddSubProtocol(protocol);
        return client.ConnectAsync(new UriBuilder(new Uri(Http.BaseAddress!, path)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the program as SIGTERM does, and waits until it has returned.</summary>
    public Task Stop() => _program.Stop();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _program.DisposeAsync();
    }

    /// <summary>Those blocks of statements that no other block of statements completes.</summary>
    private static IReadOnlyList<Snippet> Programs(IReadOnlyList<Snippet> snippets)
    {
        var statements = snippets.Where(snippet => snippet.Is("statements") && !snippet.Is("fragment")).ToList();
        return [.. statements.Where(snippet => !statements.Any(other => other.Continues.Contains(snippet)))];
    }
}
