using System.IO.Pipelines;
using Krait.Runtime.Tests.Hosting;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Runtime.Tests.Transport;

public sealed class KestrelInputTests
{
    [Fact]
    public async Task Kestrels_own_upgrade_reads_from_a_pipe()
    {
        PipeReader? input = null;
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            input = KestrelInput.Find(context.Features);
            return "";
        }));

        await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.NotNull(input);
    }

    [Fact]
    public void An_upgrade_that_a_middleware_does_is_read_through_its_stream()
    {
        var features = new FeatureCollection();
        features.Set<IHttpUpgradeFeature>(new Wrapped());
        features.Set<IConnectionTransportFeature>(new Wrapped());

        Assert.Null(KestrelInput.Find(features));
    }

    private sealed class Wrapped : IHttpUpgradeFeature, IConnectionTransportFeature
    {
        public bool IsUpgradableRequest => true;

        public IDuplexPipe Transport { get; set; } = null!;

        public Task<Stream> UpgradeAsync() => Task.FromResult(Stream.Null);
    }
}
