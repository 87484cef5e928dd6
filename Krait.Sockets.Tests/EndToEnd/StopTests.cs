using System.Diagnostics;
using System.Net;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Sockets.Tests.Serving;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>The host stops while there are connections. Runs by itself, because it looks at the threads of the process.</summary>
[Collection(nameof(RunsAlone))]
public sealed class StopTests
{
    private static readonly byte[] Get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();

    // A host aborts after 30 s; a stop that needs no abort is over long before, even on a busy machine.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Idle_connections_do_not_hold_up_the_end_of_the_host()
    {
        await using var app = await StartAsync();
        var peers = await ConnectAsync(app, 2000);
        var clock = Stopwatch.StartNew();

        await app.StopAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        foreach (var peer in peers)
            Assert.Empty(await peer.ReceiveAllAsync());

        peers.ForEach(static peer => peer.Dispose());
    }

    [Fact]
    public async Task WebSockets_are_closed_though_their_clients_send_all_the_time()
    {
        await using var app = await StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => RawClient.ConnectAsync(new(IPAddress.Loopback, app.BaseAddress.Port), "/echo")));
        var talking = clients.Select(TalkToTheCloseAsync).ToList();
        var clock = Stopwatch.StartNew();

        await app.StopAsync();

        Assert.All(await Task.WhenAll(talking), static close => Assert.Equal(1001, close.CloseStatus));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
    }

    [Fact]
    public async Task The_threads_end_with_the_host_though_connections_were_open()
    {
        await using (var app = await StartAsync())
        {
            var peers = await ConnectAsync(app, 50);
            Assert.NotEqual(0, LoopThreads.Count());
            peers.ForEach(static peer => peer.Dispose());
        }

        await Patience.Until(static () => LoopThreads.Count() == 0);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(static app =>
    {
        app.MapGet("/", static () => "hello");
        app.MapWebSocketController<EchoController>();
    });

    /// <summary>Opens connections that have served a request and wait for the next.</summary>
    private static async Task<List<TcpPeer>> ConnectAsync(TestApp app, int count)
    {
        var peers = new List<TcpPeer>();
        for (var i = 0; i < count; i++)
        {
            peers.Add(await TcpPeer.ConnectAsync(new(IPAddress.Loopback, app.BaseAddress.Port)));
            await peers[i].SendAsync(Get);
            await peers[i].HasAnsweredAsync("hello");
        }

        return peers;
    }

    /// <summary>Sends messages and reads what comes, until it is the server's close frame; answers that, and returns it.</summary>
    private static async Task<ServerFrame> TalkToTheCloseAsync(RawClient client)
    {
        await using var _ = client;
        var message = ClientFrame.Text("again and again");
        while (true)
        {
            await client.SendAsync(message, message, message);
            var frame = await client.ReadAsync();
            Assert.NotNull(frame);
            if (frame.Opcode != FrameOpcode.Close)
                continue;

            await client.SendAsync(ClientFrame.Close(1001));
            await client.ReadEndAsync();
            return frame;
        }
    }
}

/// <summary>Text comes back.</summary>
[WebSocketController("/echo", MaxMessageSize = 2 * 1024 * 1024)]
internal sealed partial class EchoController
{
    [OnMessage]
    private static string Echo(string message) => message;
}
