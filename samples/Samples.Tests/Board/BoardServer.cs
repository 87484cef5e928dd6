using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Board;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Samples.Tests.Board;

/// <summary>The application of samples/Board, in memory or on a port that the system picks.</summary>
internal sealed class BoardServer : IAsyncDisposable
{
    public const string Password = "krait";

    private const string Key = "c2l4dGVlbiBieXRlcyBvbmUgc2l4dGVlbiBieXRlcyB0d28=";

    private readonly WebApplication app;

    private BoardServer(WebApplication app, HttpClient http) => (this.app, Http) = (app, http);

    public HttpClient Http { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts a server without sockets, with an empty database.</summary>
    public static async Task<BoardServer> InMemoryAsync(TimeProvider? clock = null)
    {
        var app = await StartAsync(":memory:", clock, static host => host.UseTestServer());
        return new(app, app.GetTestClient());
    }

    /// <summary>Starts a server on a socket.</summary>
    public static async Task<BoardServer> OnSocketAsync(string database = ":memory:", TimeProvider? clock = null)
    {
        var app = await StartAsync(database, clock, static host => host.UseUrls("http://127.0.0.1:0"));
        return new(app, new() { BaseAddress = new(app.Urls.Single()) });
    }

    /// <summary>Issues a token without a login.</summary>
    public string TokenOf(string name) => app.Services.GetRequiredService<Tokens>().Issue(name).Token;

    /// <summary>Logs in, as the page does.</summary>
    public async Task<Session> LogInAsync(string name)
    {
        var answer = await Http.PostAsJsonAsync("/login", new LoginRequest(name, Password), Cancelled);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Session>(Cancelled))!;
    }

    /// <summary>Opens a board with a token of this user, and hears the Welcome.</summary>
    public async Task<BoardClient> EnterAsync(string name, string board = "demo")
    {
        var client = new BoardClient(await ConnectAsync(board, TokenOf(name)));
        await client.EnterAsync();
        return client;
    }

    /// <summary>Connects as the page does.</summary>
    /// <exception cref="HttpRequestException">The server refused.</exception>
    public async Task<WebSocket> ConnectAsync(string board, string? token)
    {
        var url = new UriBuilder(new Uri(Http.BaseAddress!, $"/boards/{board}")) { Scheme = "ws" }.Uri;
        string[] protocols = token is null ? ["board.v1"] : ["board.v1", $"{BoardApplication.BearerProtocol}.{Base64Url(token)}"];
        return app.Services.GetService<Microsoft.AspNetCore.Hosting.Server.IServer>() is TestServer memory
            ? await ConnectAsync(memory, url, protocols)
            : await ConnectAsync(url, protocols);
    }

    /// <summary>Stops the server as SIGTERM does.</summary>
    public Task StopAsync() => app.StopAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    private static async Task<WebApplication> StartAsync(string database, TimeProvider? clock, Action<IWebHostBuilder> listen)
    {
        var builder = WebApplication.CreateBuilder([$"--Board:Database={database}", $"--Board:Key={Key}"]);
        listen(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.AddBoard();
        var app = builder.Build();
        app.MapBoard();
        await app.StartAsync(Cancelled);
        return app;
    }

    private static async Task<WebSocket> ConnectAsync(TestServer memory, Uri url, string[] protocols)
    {
        var connector = memory.CreateWebSocketClient();
        foreach (var protocol in protocols)
            connector.SubProtocols.Add(protocol);

        return await connector.ConnectAsync(url, Cancelled);
    }

    private static async Task<WebSocket> ConnectAsync(Uri url, string[] protocols)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var protocol in protocols)
            socket.Options.AddSubProtocol(protocol);

        try
        {
            await socket.ConnectAsync(url, Cancelled);
            return socket;
        }
        catch (WebSocketException e)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new HttpRequestException("The server refused.", e, status);
        }
    }

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
