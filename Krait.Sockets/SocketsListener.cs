using System.Buffers;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Krait.Sockets.Connections;
using Krait.Sockets.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets;

/// <summary>Accepts TCP connections and gives them to the loops.</summary>
internal sealed class SocketsListener : IConnectionListener
{
    private readonly LoopGroup _loops;
    private readonly MemoryPool<byte> _pool;
    private readonly SocketTransportOptions _options;
    private readonly Socket _socket;
    private readonly Acceptor _acceptor;

    /// <exception cref="AddressInUseException">Another socket listens there.</exception>
    public SocketsListener(
        EndPoint endPoint, LoopGroup loops, MemoryPool<byte> pool, SocketTransportOptions options, ILogger logger)
    {
        (_loops, _pool, _options) = (loops, pool, options);
        _socket = Bind(endPoint, options);
        _acceptor = new(_socket.AcceptAsync, TimeProvider.System, logger);
        EndPoint = _socket.LocalEndPoint ?? endPoint;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _acceptor.AcceptAsync(cancellationToken).ConfigureAwait(false) is { } socket)
        {
            if (TryServe(socket) is { } connection)
                return connection;
        }

        return null; // unbound
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return default;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private SocketConnection? TryServe(Socket socket)
    {
        SocketConnection? connection = null;
        try
        {
            if (_options.NoDelay)
                socket.NoDelay = true;

            var pauseWriterAt = _options.MaxWriteBufferSize is { } size and > 0 ? size : long.MaxValue; // as in Kestrel's own
            connection = new SocketConnection(socket, _loops.Next(), _pool, pauseWriterAt);
            connection.Loop.Add(connection);
            return connection;
        }
        catch (Win32Exception)
        {
            // The client has gone, or the kernel cannot watch one more: the end of this connection, not of the listener.
            connection?.Loop.Remove(connection);
            socket.Dispose();
            return null;
        }
    }

    private static Socket Bind(EndPoint endPoint, SocketTransportOptions options)
    {
        Socket? socket = null;
        try
        {
            socket = options.CreateBoundListenSocket(endPoint);
            socket.Listen(options.Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            if (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                throw new AddressInUseException(e.Message, e);

            throw;
        }
    }
}
