using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Load.Driving;

/// <summary>A transport of Kestrel's in memory. When a write of the client returns, the server has done on the same thread what follows from it.</summary>
internal sealed class MemoryTransport : IConnectionListenerFactory, IConnectionListener
{
    private static readonly PipeOptions Inline = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Connects.</summary>
    /// <returns>The client's ends.</returns>
    public IDuplexPipe Connect()
    {
        var (toServer, toClient) = (new Pipe(Inline), new Pipe(Inline));
        _connections.Writer.TryWrite(new Connection { Transport = new Ends(toServer.Reader, toClient.Writer) });
        return new Ends(toClient.Reader, toServer.Writer);
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return new(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _connections.Reader.WaitToReadAsync(cancellationToken) && _connections.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class Connection : ConnectionContext, IConnectionTransportFeature
    {
        public Connection() => Features.Set<IConnectionTransportFeature>(this);

        public override string ConnectionId { get; set; } = "memory";

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override required IDuplexPipe Transport { get; set; }
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
