using System.IO.Pipelines;
using System.Net.WebSockets;
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
    public async Task Where_the_output_is_not_a_pipe_that_locks_itself_the_stream_writes()
    {
        KestrelPipes pipes = default;
        var beneath = new Wrapped { Transport = new Ends(new Pipe().Reader, PipeWriter.Create(Stream.Null)) };
        await using var app = await TestApp.StartAsync(app => app.MapGet("/", (HttpContext context) =>
        {
            context.Features.Set<IConnectionTransportFeature>(beneath);
            pipes = KestrelPipes.Find(context.Features);
            return "";
        }));

        await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Same(beneath.Transport.Input, pipes.Input);
        Assert.Null(pipes.Output);
    }

    [Fact]
    public void An_upgrade_that_a_middleware_does_goes_through_its_stream()
    {
        var features = new FeatureCollection();
        features.Set<IHttpUpgradeFeature>(new Wrapped());
        features.Set<IConnectionTransportFeature>(new Wrapped());

        Assert.Equal(default, KestrelPipes.Find(features));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_has_ended_the_pipe_is_a_connection_lost(bool byItsReader)
    {
        var (input, output) = (new Pipe(), new Pipe());
        await using var transport = new FrameTransport(Stream.Null, static () => { }, Limits.Wide, new(input.Reader, output.Writer));
        if (byItsReader)
            await output.Reader.CompleteAsync();
        else
            await output.Writer.CompleteAsync();

        transport.Post(WebSocketMessageType.Binary, "too late"u8.ToArray());

        Assert.Equal(CloseCause.ConnectionLost, await transport.OutputCompletion.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_had_come_before_a_write_failed_is_read_to_its_end()
    {
        var (input, output) = (new Pipe(), new Pipe());
        var abort = () => input.Writer.Complete(new IOException("aborted"));
        await using var transport = new FrameTransport(Stream.Null, abort, Limits.Wide, new(input.Reader, output.Writer));
        await input.Writer.WriteAsync(ClientFrame.Text("received"), TestContext.Current.CancellationToken);
        await output.Reader.CompleteAsync();
        transport.Post(WebSocketMessageType.Text, "too late"u8.ToArray());
        Assert.Equal(CloseCause.ConnectionLost, await transport.OutputCompletion);

        var message = await transport.ReadAsync();
        await input.Writer.CompleteAsync();
        var end = await transport.ReadAsync();

        Assert.Equal(TransportReadKind.Message, message.Kind);
        Assert.Equal((TransportReadKind.Lost, CloseCause.ConnectionLost), (end.Kind, end.Cause));
        Assert.IsType<IOException>(end.Error);
    }

    [Fact]
    public async Task A_pipe_that_is_full_lets_the_rest_go_when_there_is_room()
    {
        var (input, output) = (new Pipe(), new Pipe(new(pauseWriterThreshold: 1000, resumeWriterThreshold: 500, useSynchronizationContext: false)));
        await using var transport = new FrameTransport(Stream.Null, static () => { }, Limits.Wide, new(input.Reader, output.Writer));
        transport.Post(WebSocketMessageType.Binary, new byte[5000]);
        transport.Post(WebSocketMessageType.Binary, "the rest"u8.ToArray());
        Assert.NotEqual(0, transport.BufferedBytes);

        var received = new byte[5004 + 10];
        await output.Reader.AsStream().ReadExactlyAsync(received, TestContext.Current.CancellationToken);

        Assert.Equal("the rest"u8, received.AsSpan(received.Length - 8));
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Wrapped : IHttpUpgradeFeature, IConnectionTransportFeature
    {
        public bool IsUpgradableRequest => true;

        public IDuplexPipe Transport { get; set; } = null!;

        public Task<Stream> UpgradeAsync() => Task.FromResult(Stream.Null);
    }
}
