using System.Buffers;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Krait.Sockets.Connections;
using Krait.Sockets.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Krait.Sockets;

/// <summary>Accepts TCP connections and gives them to the loops.</summary>
internal sealed class SocketsListener : IConnectionListener
{
    private readonly LoopGroup _loops;
    private readonly MemoryPool<byte> _pool;
    private readonly SocketTransportOptions _options;
    private readonly Socket _socket;

    /// <exception cref="AddressInUseException">Another socket listens there.</exception>
    public SocketsListener(EndPoint endPoint, LoopGroup loops, MemoryPool<byte> pool, SocketTransportOptions options)
    {
        (_loops, _pool, _options) = (loops, pool, options);
        _socket = Bind(endPoint, options);
        EndPoint = _socket.LocalEndPoint ?? endPoint;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var socket = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (TryServe(socket) is { } connection)
                    return connection;
            }
            catch (Exception e) when (
                e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null; // unbound
            }
            catch (SocketException)
            {
                // The client has gone before it was accepted.
            }
        }
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
        Socket socket;
        try
        {
            socket = options.CreateBoundListenSocket(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }

        socket.Listen(options.Backlog);
        return socket;
    }
}
