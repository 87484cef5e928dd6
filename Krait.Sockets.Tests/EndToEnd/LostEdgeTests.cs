using System.Net.Sockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>A connection whose reader misses an edge hangs: many small messages at random moments look for that.</summary>
public sealed class LostEdgeTests
{
    private const int Clients = 8;
    private const int Exchanges = 12_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_echo_is_missing_where_reads_go_on_on_the_loop()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync);
        await ExchangeWithAllAsync(server);
    }

    [Fact]
    public async Task No_echo_is_missing_where_reads_begin_on_other_threads()
    {
        var count = 0;
        await using var server = await RawServer.StartAsync(connection => Serve.EchoAsync(connection, () => Between(count++)));
        await ExchangeWithAllAsync(server);
    }

    /// <summary>Bytes go one way as fast as they can, so that receives, edges and waits meet at every distance.</summary>
    [Fact]
    public async Task No_byte_is_missing_where_the_client_does_not_wait_for_echoes()
    {
        var count = 0;
        await using var server = await RawServer.StartAsync(connection => Serve.EchoAsync(connection, () => Between(count++)));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(seed => StreamAsync(server, seed)));
    }

    /// <summary>Goes on here, later here, or on another thread.</summary>
    private static async ValueTask Between(int count)
    {
        if (count % 3 == 0)
            await Task.Yield();
        else if (count % 3 == 1)
            await Task.Run(static () => Thread.SpinWait(20));
    }

    private static async Task ExchangeWithAllAsync(RawServer server)
    {
        var peers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => server.ConnectAsync()));
        await Task.WhenAll(peers.Select(static (peer, seed) => Task.Factory.StartNew(
            () => Exchange(peer, seed), Ct, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private static void Exchange(TcpPeer peer, int seed)
    {
        using var _ = peer;
        peer.Stream.ReadTimeout = (int)Patience.Long.TotalMilliseconds;
        var random = new Random(seed);
        Span<byte> sent = stackalloc byte[3];
        Span<byte> received = stackalloc byte[3];
        for (var i = 0; i < Exchanges; i++)
        {
            var count = random.Next(1, 4);
            random.NextBytes(sent);
            for (var part = 0; part < count; part++)
            {
                peer.Stream.Write(sent.Slice(part, 1));
                Thread.SpinWait(random.Next(200)); // from one segment to one for each byte
            }

            ReadEcho(peer, received[..count], $"Client {seed} waits for the {count} bytes of exchange {i}.");
            Assert.Equal(sent[..count], received[..count]);
        }
    }

    private static void ReadEcho(TcpPeer peer, Span<byte> received, string what)
    {
        try
        {
            peer.Stream.ReadExactly(received);
        }
        catch (IOException e) when (e.InnerException is SocketException)
        {
            Assert.Fail($"{what} {e.Message}");
        }
    }

    private static async Task StreamAsync(RawServer server, int seed)
    {
        using var peer = await server.ConnectAsync();
        var bytes = Serve.Bytes(50_000, seed);
        var sending = Task.Run(() => SendPieces(peer, bytes, new(seed)), Ct);
        Assert.Equal(bytes, await peer.ReceiveAsync(bytes.Length));
        await sending;
    }

    private static void SendPieces(TcpPeer peer, byte[] bytes, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var count = Math.Min(random.Next(1, 6), bytes.Length - start);
            peer.Stream.Write(bytes.AsSpan(start, count));
            start += count;
            Thread.SpinWait(random.Next(300));
        }
    }
}
