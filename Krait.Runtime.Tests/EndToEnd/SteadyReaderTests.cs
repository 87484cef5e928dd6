using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>A client that reads slowly is served for as long as it reads.</summary>
[Trait("Category", "Slow")]
public class SteadyReaderTests
{
    // Linux takes about as much at once, and the client reads it for longer than either deadline.
    private const int Size = 3 * 1024 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_deadline_ends_a_connection_whose_client_reads_steadily(bool keepAlive)
    {
        await using var app = await Served.StartAsync<DownloadController>(Served.With(options =>
        {
            options.KeepAliveInterval = keepAlive ? TimeSpan.FromMilliseconds(200) : Timeout.InfiniteTimeSpan;
            options.KeepAliveTimeout = Deadline;
            options.SendTimeout = Deadline;
        }));
        using var handler = new SocketsHttpHandler { ConnectCallback = ConnectWithSmallBufferAsync };
        using var invoker = new HttpMessageInvoker(handler);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new($"ws://{app.BaseAddress.Authority}/download"), invoker, TestContext.Current.CancellationToken);
        var pieces = keepAlive ? 1 : 4; // more than the kernel takes, so that sending waits
        await client.SendTextAsync($"{pieces * Size}");

        var buffer = new byte[Size / 40];
        var received = 0;
        while (received < pieces * Size)
        {
            await Task.Delay(received < Size ? 150 : 0, TestContext.Current.CancellationToken); // the client's pace, not a wait for the server
            received += (await client.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask().InTime()).Count;
        }

        Assert.Equal(pieces * Size, received);
        Assert.Empty(app.Journal().Closes);
    }

    // Krait cannot see what the client's kernel holds and the client has not read.
    private static async ValueTask<Stream> ConnectWithSmallBufferAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>Sends as many bytes as it is asked for.</summary>
[WebSocketController("/download")]
internal sealed partial class DownloadController(Journal journal)
{
    [OnMessage]
    private static byte[] Send(string size) => new byte[int.Parse(size, CultureInfo.InvariantCulture)];

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}
