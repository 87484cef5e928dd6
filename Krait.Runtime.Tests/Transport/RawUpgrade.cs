using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Krait.Runtime.Tests.Transport;

/// <summary>An upgrade over a bare socket, for what no decent client does.</summary>
internal sealed class RawUpgrade : IDisposable
{
    private readonly Socket _socket;

    private RawUpgrade(Socket socket)
    {
        _socket = socket;
        Stream = new NetworkStream(socket, ownsSocket: true);
    }

    public NetworkStream Stream { get; }

    /// <summary>The head of the answer.</summary>
    public string Head { get; private set; } = "";

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    /// <summary>Sends the request, with <paramref name="behind"/> in the same segment, and reads the head of the answer.</summary>
    public static async Task<RawUpgrade> ConnectAsync(Uri address, params byte[] behind)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, Patience);
        var client = new RawUpgrade(socket);
        var request = $"GET / HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: h2c, WebSocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await client.Stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(request), .. behind], Patience);
        await client.ReadHeadAsync();
        return client;
    }

    public async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes, Patience);

    /// <summary>The next frame, or null when the server has ended its side.</summary>
    public Task<ServerFrame?> ReceiveAsync() => ServerFrame.ReadAsync(Stream, Patience);

    /// <summary>Breaks the connection with a reset.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public void Dispose() => Stream.Dispose();

    private async Task ReadHeadAsync()
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await Stream.ReadExactlyAsync(next, Patience);
            head.Append((char)next[0]);
        }

        Head = head.ToString();
    }
}
