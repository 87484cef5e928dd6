using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>A running application: on Kestrel and a free port of the loopback interface, or on TestServer.</summary>
/// <remarks>The application has <c>AddKrait()</c>; options are set by <c>builder.Services.Configure&lt;KraitOptions&gt;(...)</c>.</remarks>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly HttpMessageInvoker? _http2;

    private TestApp(WebApplication app, CollectedLogs logs, HttpProtocols? protocols)
    {
        App = app;
        Logs = logs;
        InMemory = protocols is null;
        BaseAddress = InMemory ? new("http://localhost/") : new(app.Urls.Single());
        var version = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        Client = InMemory ? app.GetTestClient() : new(NewHandler()) { BaseAddress = BaseAddress };
        Client.DefaultRequestVersion = version;
        Client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (protocols == HttpProtocols.Http2)
            _http2 = new(NewHandler());
    }

    public WebApplication App { get; }

    public CollectedLogs Logs { get; }

    public bool InMemory { get; }

    /// <summary>Ends with a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>For requests that are no upgrades; follows no redirects and keeps no cookies.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => App.Services;

    /// <summary>Starts an application on Kestrel.</summary>
    /// <param name="map">Maps its endpoints.</param>
    /// <param name="build">Adds services and sets options.</param>
    /// <param name="protocols">Http1, or Http2 without TLS.</param>
    public static Task<TestApp> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build = null, HttpProtocols protocols = HttpProtocols.Http1) =>
        Side.Current switch
        {
            Side.WithoutStream when protocols == HttpProtocols.Http1 => StartAsync(app => map(WithoutStream(app)), build, (HttpProtocols?)protocols),
            Side.InMemory => StartInMemoryAsync(map, build),
            _ => StartAsync(map, build, (HttpProtocols?)protocols),
        };

    /// <summary>Starts an application on TestServer.</summary>
    public static Task<TestApp> StartInMemoryAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build = null) =>
        StartAsync(map, build, null);

    /// <summary>Takes the upgraded streams away: the middleware takes the server's to make WebSockets of it; after that there is none.</summary>
    public static WebApplication WithoutStream(WebApplication app)
    {
        app.UseWebSockets().Use(static (context, next) =>
        {
            context.Features.Set<IHttpUpgradeFeature>(null);
            return next(context);
        });
        return app;
    }

    /// <summary>Connects a WebSocket, over whatever the application listens on.</summary>
    /// <param name="path">Without a leading slash, or with one.</param>
    /// <param name="protocols">The subprotocols to offer.</param>
    /// <param name="headers">Request headers beside those of the handshake.</param>
    public async Task<WebSocket> ConnectAsync(string path, string[]? protocols = null, params (string Name, string Value)[] headers)
    {
        if (InMemory)
            return await ConnectInMemoryAsync(path, protocols, headers);

        return await ConnectAsync(path, options =>
        {
            foreach (var protocol in protocols ?? [])
                options.AddSubProtocol(protocol);

            foreach (var (name, value) in headers)
                options.SetRequestHeader(name, value);
        });
    }

    /// <summary>Connects a WebSocket on Kestrel, with options of the test's own.</summary>
    public async Task<ClientWebSocket> ConnectAsync(string path, Action<ClientWebSocketOptions> configure)
    {
        var client = new ClientWebSocket();
        client.Options.KeepAliveInterval = TimeSpan.Zero;
        configure(client.Options);
        if (_http2 is not null)
            (client.Options.HttpVersion, client.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);

        client.Options.CollectHttpResponseDetails = true;
        try
        {
            await client.ConnectAsync(WebSocketAddress(path), _http2, TestContext.Current.CancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Opens a TCP connection, for requests that no client would make.</summary>
    public async Task<TcpClient> ConnectTcpAsync()
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, BaseAddress.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public Task StopAsync() => App.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _http2?.Dispose();
        await App.DisposeAsync();
    }

    private static async Task<TestApp> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build, HttpProtocols? protocols)
    {
        var logs = new CollectedLogs();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddKrait();
        build?.Invoke(builder); // before the listening, so that it can set defaults for that
        if (protocols is { } listened)
            builder.WebHost.UseTestedTransport().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = listened));
        else
            builder.WebHost.UseTestServer();

        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, logs, protocols);
    }

    private static SocketsHttpHandler NewHandler() => new() { AllowAutoRedirect = false, UseCookies = false };

    private Uri WebSocketAddress(string path) => new UriBuilder(new Uri(BaseAddress, path)) { Scheme = "ws" }.Uri;

    private Task<WebSocket> ConnectInMemoryAsync(string path, string[]? protocols, (string Name, string Value)[] headers)
    {
        var client = App.GetTestServer().CreateWebSocketClient();
        foreach (var protocol in protocols ?? [])
            client.SubProtocols.Add(protocol);

        client.ConfigureRequest = request =>
        {
            foreach (var (name, value) in headers)
                request.Headers[name] = value;
        };
        return client.ConnectAsync(WebSocketAddress(path), TestContext.Current.CancellationToken);
    }
}
