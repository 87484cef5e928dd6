using System.IO.Pipelines;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Tests.Transport;

/// <summary>A transport over two pipes, and the client's ends of them.</summary>
internal sealed class InMemoryConnection : IAsyncDisposable
{
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Pipe _toClient;
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stream _incoming;

    /// <param name="options">The limits.</param>
    /// <param name="sendWindow">How much the carrier takes before the client reads; without a limit if 0.</param>
    public InMemoryConnection(TransportOptions? options = null, int sendWindow = 0)
    {
        options ??= Limits.Wide;
        _toClient = new(new PipeOptions(pauseWriterThreshold: sendWindow, resumeWriterThreshold: sendWindow / 2, useSynchronizationContext: false));
        _incoming = _toClient.Reader.AsStream();
        var stream = new DuplexStream(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
        Transport = options.PreferWebSocket
            ? new WebSocketTransport(WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero }), Abort, options)
            : new FrameTransport(stream, Abort, options);
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

    public async Task<ServerFrame> ReceiveAsync() =>
        await ServerFrame.ReadAsync(_incoming, Patience) ?? throw new EndOfStreamException();

    public ValueTask DisposeAsync() => Transport.DisposeAsync();

    private void Abort()
    {
        _toServer.Writer.Complete(new IOException("aborted"));
        _toClient.Reader.Complete(new IOException("aborted"));
        _aborted.TrySetResult();
    }
}
