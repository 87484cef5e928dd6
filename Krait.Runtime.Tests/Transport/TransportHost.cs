using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Tests.Transport;

/// <summary>Kestrel on loopback with one endpoint, which is all that a transport needs above it.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TransportHost(WebApplication application) => _application = application;

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    public static async Task<TransportHost> StartAsync(RequestDelegate endpoint, HttpProtocols protocols = HttpProtocols.Http1, Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
            configure?.Invoke(kestrel);
        });
        var application = builder.Build();
        application.Run(endpoint);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new(application);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
