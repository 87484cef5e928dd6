using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>An upgraded connection of HTTP/1.1, with TLS or without.</summary>
internal sealed class TcpConnection : IRawConnection
{
    private readonly Socket _socket;
    private readonly Stream _stream;

    private TcpConnection(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects, and sends the request with <paramref name="early"/> in the same segment.</summary>
    /// <param name="port">On loopback.</param>
    /// <param name="trusted">The server's certificate; null does without TLS.</param>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="headers">Each line with its end.</param>
    /// <param name="early">Bytes behind the request.</param>
    public static async Task<TcpConnection> ConnectAsync(int port, X509Certificate2? trusted, string path, string headers, byte[] early)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, Ct);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (trusted is not null)
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => trusted.Equals(certificate) }, Ct);
            stream = tls;
        }

        var connection = new TcpConnection(socket, stream);
        await connection.SendAsync([.. RequestTo(path, headers), .. early]);
        await connection.ReadHeadAsync();
        return connection;
    }

    /// <summary>The head of the answer.</summary>
    public string Head { get; private set; } = "";

    public async Task SendAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes, Ct);
        await _stream.FlushAsync(Ct);
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer, Ct);

    public async Task FinishAsync()
    {
        if (_stream is SslStream tls)
            await tls.ShutdownAsync();

        _socket.Shutdown(SocketShutdown.Send);
    }

    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _stream.Dispose();

    private static byte[] RequestTo(string path, string headers) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n");

    // Byte by byte, so that nothing behind it is taken.
    private async Task ReadHeadAsync()
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _stream.ReadExactlyAsync(next, Ct);
            head.Append((char)next[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        Head = head.ToString();
    }
}
