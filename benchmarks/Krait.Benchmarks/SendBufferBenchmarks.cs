using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>Messages are encoded and framed: each by a WebSocket of .NET, which writes it at once, and into the send buffer, in place, from where a batch leaves in one write.</summary>
public class SendBufferBenchmarks
{
    private const int Messages = 64;

    private readonly Loopback _ours = new();
    private readonly Loopback _theirs = new();
    private readonly FrameTransport _transport;
    private readonly SendBuffer<ReadOnlyMemory<byte>> _buffer;
    private readonly WebSocket _webSocket;
    private byte[] _message = [];

    public SendBufferBenchmarks()
    {
        _transport = new(_ours, static () => { }, Limits.Of(TimeProvider.System), new(_ours.Input, null));
        _buffer = new(_transport, MessageCodecs.Binary(borrow: true), capacity: 16 * 1024 * 1024);
        _webSocket = WebSocket.CreateFromStream(_theirs, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    [Params(32, 125, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _message = new byte[Size];
        if (ByWebSocket() != InOneBatch())
            throw new InvalidOperationException("Both do not write the same.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public long ByWebSocket()
    {
        var before = _theirs.Written;
        for (var i = 0; i < Messages; i++)
            Completed(_webSocket.SendAsync(_message.AsMemory(), WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage, CancellationToken.None));

        return _theirs.Written - before;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long InOneBatch()
    {
        var before = _ours.Written;
        _transport.HoldsReplies = true;
        for (var i = 0; i < Messages; i++)
            Completed(_buffer.SendAsync(_message, CancellationToken.None, isReply: true));

        _transport.ReleaseReplies();
        return _ours.Written - before;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public long EachByItself()
    {
        var before = _ours.Written;
        for (var i = 0; i < Messages; i++)
            Completed(_buffer.SendAsync(_message, CancellationToken.None));

        return _ours.Written - before;
    }

    private static void Completed(ValueTask sending)
    {
        if (!sending.IsCompletedSuccessfully)
            throw new InvalidOperationException("There is room for everything.");
    }
}
