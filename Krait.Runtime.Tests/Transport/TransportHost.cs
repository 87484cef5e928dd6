using System.Net;
using System.Net.WebSockets;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Kestrel on loopback with one endpoint, which is all that a transport needs above it.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Version _version;

    private TransportHost(WebApplication application, Version version)
    {
        _application = application;
        _version = version;
        Address = new(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    public Uri Address { get; }

    public static async Task<TransportHost> StartAsync(
        RequestDelegate endpoint, int httpVersion = 1, Action<KestrelServerOptions>? configure = null, Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseTestedTransport().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = httpVersion == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2);
            configure?.Invoke(kestrel);
        });
        var application = builder.Build();
        use?.Invoke(application);
        application.Run(endpoint);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new(application, httpVersion == 1 ? HttpVersion.Version11 : HttpVersion.Version20);
    }

    public async Task<ClientWebSocket> ConnectAsync(Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = _version;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(client.Options);
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        try
        {
            await client.ConnectAsync(new UriBuilder(Address) { Scheme = "ws" }.Uri, invoker, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException) when (configure is not null && client.HttpStatusCode != 0)
        {
            // The test looks at the status.
        }

        return client;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
