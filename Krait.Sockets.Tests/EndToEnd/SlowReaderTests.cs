using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>Clients that stop reading for a while.</summary>
public sealed class SlowReaderTests
{
    private const int Size = 60_000_000;
    private const int Piece = 100_000;

    [Theory]
    [InlineData(null, Size / 2)] // copied piece by piece into the output
    [InlineData(1L, Size / 2)]
    [InlineData(1_000_000L, Size / 2)]
    public async Task The_writer_waits_for_a_client_that_does_not_read_and_all_comes_afterwards(long? limit, int atMost)
    {
        var bytes = Serve.Bytes(Size);
        long written = 0;
        await using var server = await RawServer.StartAsync(
            async connection =>
            {
                for (var start = 0; start < Size; start += Piece)
                {
                    bytes.AsSpan(start, Piece).CopyTo(connection.Transport.Output.GetSpan(Piece));
                    connection.Transport.Output.Advance(Piece);
                    await connection.Transport.Output.FlushAsync();
                    Interlocked.Add(ref written, Piece);
                }
            },
            transport: options => options.MaxWriteBufferSize = limit ?? options.MaxWriteBufferSize);
        using var peer = await server.ConnectAsync(receiveBufferSize: 4096);

        await StopsAsync(() => Interlocked.Read(ref written));

        Assert.InRange(Interlocked.Read(ref written), 0, atMost);
        var received = await peer.ReceiveAllAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(received));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task Without_a_limit_no_write_waits(long? limit)
    {
        var (bytes, written) = (Serve.Bytes(Size), new TaskCompletionSource());
        await using var server = await RawServer.StartAsync(
            async connection =>
            {
                await connection.Transport.Output.WriteAsync(bytes);
                written.SetResult();
            },
            transport: options => options.MaxWriteBufferSize = limit);
        using var peer = await server.ConnectAsync(receiveBufferSize: 4096);

        await written.Task.InTime();
    }

    [Fact]
    public async Task Memory_belongs_to_its_owner_again_as_soon_as_its_write_completes()
    {
        var bytes = Serve.Bytes(Size);
        await using var server = await RawServer.StartAsync(async connection =>
        {
            var memory = new byte[1_000_000];
            for (var start = 0; start < Size; start += memory.Length)
            {
                bytes.AsSpan(start, memory.Length).CopyTo(memory);
                await connection.Transport.Output.WriteAsync(memory.AsMemory(0, memory.Length));
                memory.AsSpan().Fill(0xDD);
            }
        });
        using var peer = await server.ConnectAsync(receiveBufferSize: 4096);

        var received = await peer.ReceiveAllAsync();
        Assert.True(bytes.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task Others_are_served_while_many_clients_do_not_read()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync, loops: 1);
        var stuck = new List<TcpPeer>();
        for (var i = 0; i < 20; i++)
        {
            stuck.Add(await server.ConnectAsync(receiveBufferSize: 4096));
            _ = stuck[i].Stream.WriteAsync(new byte[20_000_000], TestContext.Current.CancellationToken).AsTask();
        }

        using var peer = await server.ConnectAsync();
        for (var i = 0; i < 200; i++)
            await peer.EchoesAsync(Serve.Bytes(1000, i));

        stuck.ForEach(static peer => peer.Reset());
    }

    /// <summary>Waits until a count has stood still for a second.</summary>
    private static async Task StopsAsync(Func<long> count)
    {
        var still = 0;
        long last = -1;
        await Patience.Until(() =>
        {
            still = count() == last && last > 0 ? still + 1 : 0;
            last = count();
            return still >= 50;
        });
    }
}
