using System.IO.Pipelines;
using Krait.Runtime.Tests.Hosting;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Runtime.Tests.Transport;

public sealed class KestrelPipesTests
{
    [Fact]
    public async Task Kestrels_own_upgrade_reads_and_writes_pipes()
    {
        KestrelPipes pipes = default;
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            pipes = KestrelPipes.Find(context.Features);
            return "";
        }));

        await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.NotNull(pipes.Input);
        Assert.NotNull(pipes.Output);
    }

    [Fact]
    public void An_upgrade_that_a_middleware_does_goes_through_its_stream()
    {
        var features = new FeatureCollection();
        features.Set<IHttpUpgradeFeature>(new Wrapped());
        features.Set<IConnectionTransportFeature>(new Wrapped());

        Assert.Equal(default, KestrelPipes.Find(features));
    }

    private sealed class Wrapped : IHttpUpgradeFeature, IConnectionTransportFeature
    {
        public bool IsUpgradableRequest => true;

        public IDuplexPipe Transport { get; set; } = null!;

        public Task<Stream> UpgradeAsync() => Task.FromResult(Stream.Null);
    }
}
