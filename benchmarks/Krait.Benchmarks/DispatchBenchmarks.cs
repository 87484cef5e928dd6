using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Krait.CompilerServices;
using Krait.Controllers;
using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>A client's bytes become replies, without a kernel: by a loop written by hand over a WebSocket of .NET, and by a controller with all that is around it.</summary>
public class DispatchBenchmarks
{
    private const int Largest = 64;

    private readonly Loopback _ours = new();
    private readonly Loopback _theirs = new();
    private byte[] _batch = [];

    /// <summary>How many messages come at once.</summary>
    [Params(1, Largest)]
    public int Messages { get; set; }

    [GlobalSetup]
    public void Start()
    {
        _batch = ClientFrames.Binary(32, Messages);
        _ = LoopAsync(WebSocket.CreateFromStream(_theirs, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan }));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddKrait();
        var sessions = new SessionFactory<EchoController, RawMessage, RawMessage>(
            (ControllerDescriptor<EchoController, RawMessage, RawMessage>)DescriptorOf<EchoController>(), builder.Build().Services);
        var transport = new FrameTransport(_ours, static () => { }, Limits.Of(TimeProvider.System), new(_ours.Input, null));
        _ = sessions.Create(new(transport, new(new DefaultHttpContext()), null, new(), null, new(sessions.Settings.Scopes), [])).RunAsync();
        if (LoopByHand() != Controller())
            throw new InvalidOperationException("Both do not answer the same.");
    }

    [Benchmark(Baseline = true)]
    public long LoopByHand() => Answered(_theirs);

    [Benchmark]
    public long Controller() => Answered(_ours);

    private long Answered(Loopback loopback)
    {
        var expected = loopback.Written + (34 * Messages);
        loopback.Put(_batch);

        // At first the reader may be on its way on another thread; from then on it waits, and runs on this one.
        var patience = default(SpinWait);
        while (loopback.Written != expected)
        {
            patience.SpinOnce();
            if (patience.Count > 10_000)
                throw new InvalidOperationException("Not everything was answered.");
        }

        return expected;
    }

    private static async Task LoopAsync(WebSocket webSocket)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await webSocket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false);
            await webSocket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static WebSocketControllerDescriptor<T> DescriptorOf<T>()
        where T : class, IWebSocketController<T> => T.Descriptor;
}

[WebSocketController("/echo")]
public sealed partial class EchoController
{
    [OnMessage]
    public RawMessage Echo(RawMessage message) => message;
}
