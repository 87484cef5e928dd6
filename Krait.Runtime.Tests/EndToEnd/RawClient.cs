using System.Net;
using System.Net.Sockets;
using System.Text;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>A client that does what no library does: it writes bytes by hand, vanishes, or does not read.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _reading;
    private readonly NetworkStream _writing;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _writing = new(socket, ownsSocket: false);
        _reading = new(_writing);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="server">Where the server listens.</param>
    /// <param name="path">Begins with a slash.</param>
    /// <param name="receiveBufferSize">A small one makes the server feel soon that nobody reads.</param>
    /// <param name="headers">Of the request, each line with its end.</param>
    public static async Task<RawClient> ConnectAsync(IPEndPoint server, string path, int? receiveBufferSize = null, string headers = "")
    {
        var client = await ConnectTcpAsync(server, receiveBufferSize);
        await client.SendAsync(Handshake(path, headers));
        client.Head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 101 ", client.Head, StringComparison.Ordinal);
        return client;
    }

    /// <summary>The head of the answer to the handshake.</summary>
    public string Head { get; private set; } = "";

    /// <summary>Connects, and leaves the handshake to the test.</summary>
    public static async Task<RawClient> ConnectTcpAsync(IPEndPoint server, int? receiveBufferSize = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferSize is { } size)
            socket.ReceiveBufferSize = size;

        await socket.ConnectAsync(server, Ct);
        return new(socket);
    }

    /// <summary>The opening handshake.</summary>
    public static byte[] Handshake(string path, string headers = "") => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n");

    public Task SendAsync(params byte[][] frames) => SendAsync([.. frames.SelectMany(frame => frame)]);

    public Task SendAsync(byte[] bytes) => _writing.WriteAsync(bytes, Ct).AsTask().InTime();

    public Task SendTextAsync(string text) => SendAsync(ClientFrame.Text(text));

    /// <summary>Reads the head of an HTTP response.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _reading.ReadExactlyAsync(one, Ct).AsTask().InTime();
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads the next frame; null at the end of the stream.</summary>
    public Task<ServerFrame?> ReadAsync() => ServerFrame.ReadAsync(_reading, Ct).InTime();

    /// <summary>Reads a text message of one frame.</summary>
    public async Task<string> ReadTextAsync()
    {
        var frame = await ReadAsync();
        Assert.Equal(FrameOpcode.Text, frame?.Opcode);
        return frame!.Text;
    }

    /// <summary>Reads to the close frame, whatever comes before it.</summary>
    public async Task<ServerFrame> ReadCloseAsync()
    {
        while (true)
        {
            var frame = await ReadAsync();
            Assert.NotNull(frame);
            if (frame.Opcode == FrameOpcode.Close)
                return frame;
        }
    }

    /// <summary>Waits for the end of the stream, however it comes; nothing but frames of <paramref name="skipped"/> may come before it.</summary>
    public async Task ReadEndAsync(FrameOpcode? skipped = null)
    {
        try
        {
            while (await ReadAsync() is { } frame)
                Assert.Equal(skipped, frame.Opcode);
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    /// <summary>Ends this side's output: FIN. What comes can still be read.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection: RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new(enable: true, seconds: 0);
        _socket.Dispose();
    }

    /// <summary>Sends as much as the server takes, at most <paramref name="limit"/> bytes.</summary>
    /// <returns>How many bytes were sent when the server stopped taking them for a second.</returns>
    public async Task<long> FloodAsync(byte[] bytes, long limit)
    {
        for (long sent = 0; sent < limit; sent += bytes.Length)
        {
            var writing = _writing.WriteAsync(bytes, Ct).AsTask();
            if (!await writing.CompletesSoon())
            {
                Flooding = writing;
                return sent;
            }
        }

        return limit;
    }

    /// <summary>The write on which <see cref="FloodAsync"/> gave up waiting.</summary>
    public Task Flooding { get; private set; } = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _writing.DisposeAsync();
    }
}
