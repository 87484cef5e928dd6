using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>A transport over two pipes, and the client's ends of them.</summary>
/// <remarks>The pipes run continuations inline: when a call of the client returns, the server has done what follows from it.</remarks>
internal sealed class InMemoryConnection : IAsyncDisposable
{
    private readonly Pipe _toServer = PipeWith(window: 0);
    private readonly Pipe _toClient;
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _incoming;

    /// <param name="options">The limits.</param>
    /// <param name="sendWindow">How much the carrier takes before the client reads; without a limit if 0.</param>
    /// <param name="deflate">What was agreed on compression.</param>
    /// <param name="peer">What the kernel says of the peer.</param>
    /// <param name="peerGone">What the server says of the peer.</param>
    public InMemoryConnection(
        TransportOptions? options = null, int sendWindow = 0, WebSocketDeflateOptions? deflate = null, IPeerProgress? peer = null, CancellationToken peerGone = default)
    {
        options ??= Limits.Wide;
        _toClient = PipeWith(sendWindow);
        _incoming = _toClient.Reader.AsStream();
        var stream = new DuplexStream(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
        Transport = options.PreferWebSocket
            ? new WebSocketTransport(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero }), Abort, options)
            : new FrameTransport(stream, Abort, options, new(null, null, peer), deflate, peerGone);
        Stream = stream;
    }

    public MessageTransport Transport { get; }

    public DuplexStream Stream { get; }

    /// <summary>Completes when the transport breaks the connection.</summary>
    public Task Aborted => _aborted.Task;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async Task SendAsync(params byte[][] parts)
    {
        foreach (var part in parts)
            await _toServer.Writer.WriteAsync(part, Patience);
    }

    /// <summary>Ends the client's side, as a FIN would.</summary>
    public void Finish() => _toServer.Writer.Complete();

    /// <summary>Breaks the connection under the server.</summary>
    public void Fail(Exception error) => _toServer.Writer.Complete(error);

    /// <summary>Receives whatever the carrier holds.</summary>
    public async Task ReceiveSomeAsync() => Assert.NotEqual(0, await _incoming.ReadAsync(new byte[1024 * 1024], Patience));

    /// <summary>Takes what the carrier holds, without waiting; null if the connection was aborted.</summary>
    public byte[]? TakeReceived()
    {
        if (Aborted.IsCompleted)
            return null;

        if (!_toClient.Reader.TryRead(out var result))
            return [];

        var bytes = result.Buffer.ToArray();
        _toClient.Reader.AdvanceTo(result.Buffer.End);
        return bytes;
    }

    public ValueTask ReceiveExactlyAsync(Memory<byte> bytes) => _incoming.ReadExactlyAsync(bytes, Patience);

    public async Task<ServerFrame> ReceiveAsync() =>
        await ServerFrame.ReadAsync(_incoming, Patience) ?? throw new EndOfStreamException();

    /// <summary>Receives a message, all its fragments together.</summary>
    public async Task<byte[]> ReceiveMessageAsync()
    {
        var message = new List<byte>();
        ServerFrame frame;
        do
        {
            frame = await ReceiveAsync();
            message.AddRange(frame.Payload);
        }
        while (!frame.IsFinal);

        return [.. message];
    }

    /// <summary>Has the server put a message in line, without sending it.</summary>
    public void Append(WebSocketMessageType type, byte[] payload) => Transport.AppendWithoutSending(type, payload);

    public ValueTask DisposeAsync() => Transport.DisposeAsync();

    private static Pipe PipeWith(int window) => new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: window,
        resumeWriterThreshold: Math.Min(window, Math.Max(1, window / 2)),
        useSynchronizationContext: false));

    private void Abort()
    {
        _toServer.Writer.Complete(new IOException("aborted"));
        _toClient.Reader.Complete(new IOException("aborted"));
        _aborted.TrySetResult();
    }
}
