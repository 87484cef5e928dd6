using System.Net;
using System.Net.Sockets;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Sockets.Tests.Serving;

/// <summary>A TCP client that does what the test says, and gives up waiting with a failure.</summary>
internal sealed class TcpPeer : IDisposable
{
    private readonly Socket _socket;

    private TcpPeer(Socket socket) => (_socket, Stream) = (socket, new(socket, ownsSocket: true));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public NetworkStream Stream { get; }

    /// <summary>Connects.</summary>
    /// <param name="server">Where the server listens.</param>
    /// <param name="receiveBufferSize">A small one makes the server feel soon that the client does not read.</param>
    public static async Task<TcpPeer> ConnectAsync(IPEndPoint server, int? receiveBufferSize = null)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferSize is { } size)
            socket.ReceiveBufferSize = size;

        await socket.ConnectAsync(server, Ct).AsTask().InTime();
        return new(socket);
    }

    public Task SendAsync(ReadOnlyMemory<byte> bytes) => Stream.WriteAsync(bytes, Ct).AsTask().InTime();

    /// <summary>Receives exactly so many bytes.</summary>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes, Ct).AsTask().InTime();
        return bytes;
    }

    /// <summary>Receives all bytes up to the end of the server's side.</summary>
    public async Task<byte[]> ReceiveAllAsync()
    {
        var bytes = new MemoryStream();
        await Stream.CopyToAsync(bytes, Ct).InTime();
        return bytes.ToArray();
    }

    public async Task EchoesAsync(byte[] bytes)
    {
        var sending = SendAsync(bytes);
        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));
        await sending;
    }

    /// <summary>Receives the head of an HTTP response and the body, which must be that.</summary>
    public async Task HasAnsweredAsync(string body)
    {
        var received = new StringBuilder();
        while (!received.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            received.Append((char)(await ReceiveAsync(1))[0]);

        Assert.StartsWith("HTTP/1.1 200 OK", received.ToString(), StringComparison.Ordinal);
        if (!received.ToString().Contains("chunked", StringComparison.Ordinal))
            Assert.Equal(body, Encoding.ASCII.GetString(await ReceiveAsync(body.Length)));
        else
            Assert.Contains(body, Encoding.ASCII.GetString(await ReceiveAsync($"{body.Length:X}\r\n{body}\r\n0\r\n\r\n".Length)), StringComparison.Ordinal);
    }

    /// <summary>Waits until the server has reset the connection.</summary>
    public async Task IsResetAsync()
    {
        var error = await Assert.ThrowsAsync<IOException>(ReceiveAllAsync);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error.InnerException).SocketErrorCode);
    }

    /// <summary>Ends this side: FIN.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection: RST.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public void Dispose() => Stream.Dispose();
}
