using Krait.Runtime.Tests.Hosting;
using Krait.Sockets.Connections;
using Krait.Sockets.Tests.Serving;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Krait.Sockets.Tests.Connections;

/// <summary>Krait writes straight to the transport where that is safe.</summary>
public sealed class DirectOutputTests
{
    [Fact]
    public async Task Krait_reads_and_writes_this_transport_directly()
    {
        KestrelPipes pipes = default;
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            pipes = KestrelPipes.Find(context.Features);
            return "";
        }));

        await app.Client.GetStringAsync(app.BaseAddress, TestContext.Current.CancellationToken);

        Assert.IsType<SocketReader>(pipes.Input);
        Assert.IsType<SocketWriter>(pipes.Output);
        Assert.NotNull(pipes.Peer);
    }

    [Fact]
    public async Task Under_TLS_writes_go_through_the_stream()
    {
        using var certificate = TestCertificate.New();
        KestrelPipes pipes = default;
        await using var app = await TestApp.StartAsync(
            app => app.MapGet("/", (HttpContext context) =>
            {
                pipes = KestrelPipes.Find(context.Features);
                return "";
            }),
            builder => builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
                kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.UseHttps(certificate))));
        using var handler = new HttpClientHandler();
        handler.ServerCertificateCustomValidationCallback = (_, served, _, _) => served?.Thumbprint == certificate.Thumbprint;
        using var client = new HttpClient(handler);

        await client.GetStringAsync(app.BaseAddress, TestContext.Current.CancellationToken);

        Assert.NotNull(pipes.Input);
        Assert.Null(pipes.Output);
        Assert.NotNull(pipes.Tls);
    }
}
