using System.Net.WebSockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Generators.Tests.Harness;

/// <summary>A user's project as a server on loopback, and a client of it.</summary>
internal sealed class RunningProject : IAsyncDisposable
{
    /// <summary>What a project whose controllers are to run has in a file of its own.</summary>
    public const string Startup = """
        public static class Startup
        {
            public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapWebSocketControllers();
        }
        """;

    private readonly LoadedProject project;
    private readonly WebApplication application;

    private RunningProject(LoadedProject project, WebApplication application) => (this.project, this.application) = (project, application);

    /// <summary>Generates, compiles, loads and starts a project.</summary>
    public static async Task<RunningProject> Start(string source, Action<KraitOptions>? configure = null)
    {
        var project = new LoadedProject(await GeneratedCode.Generate(UserProject.Compile(source, Startup)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddKrait(configure);
        var application = builder.Build();
        project.Assembly.GetType("Startup")!.GetMethod("Map")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [(IEndpointRouteBuilder)application], null);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new(project, application);
    }

    /// <summary>Connects a client.</summary>
    /// <param name="path">The path, and a query if there is one.</param>
    /// <param name="protocols">The subprotocols that it offers.</param>
    public async Task<ClientWebSocket> Connect(string path, params string[] protocols)
    {
        var client = new ClientWebSocket();
        await Connect(client, path, protocols);
        return client;
    }

    /// <summary>Connects a client that can be asked afterwards why it could not.</summary>
    public Task Connect(ClientWebSocket client, string path, params string[] protocols)
    {
        client.Options.CollectHttpResponseDetails = true;
        foreach (var protocol in protocols)
            client.Options.AddSubProtocol(protocol);
        return client.ConnectAsync(new Uri(application.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal) + path), TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the server as its host does.</summary>
    public Task Stop() => application.StopAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        project.Dispose();
    }
}
