using System.IO.Pipelines;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>Reads and flushes that are cancelled, after which the connection goes on.</summary>
public sealed class CancellationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CancelPendingRead_ends_the_read_that_waits_and_no_other()
    {
        await using var served = await Served.StartAsync(static async connection =>
        {
            var input = connection.Transport.Input;
            var read = await input.ReadAsync();
            Assert.True(read is { IsCanceled: true, IsCompleted: false });
            input.AdvanceTo(read.Buffer.End);
            await Serve.EchoAsync(connection);
        });
        using var peer = await served.Server.ConnectAsync();
        var (connection, working) = await served.WaitingAsync();

        connection.Transport.Input.CancelPendingRead();

        await peer.EchoesAsync("afterwards"u8.ToArray());
        peer.Finish();
        await working.InTime();
    }

    [Fact]
    public async Task CancelPendingRead_without_a_read_ends_the_next_one_and_keeps_its_bytes()
    {
        await using var served = await Served.StartAsync(static async connection =>
        {
            var input = connection.Transport.Input;
            var first = await input.ReadAtLeastAsync(4);
            input.AdvanceTo(first.Buffer.Start);
            input.CancelPendingRead();
            var second = await input.ReadAsync();
            Assert.True(second.IsCanceled);
            Assert.Equal(4, second.Buffer.Length);
            input.AdvanceTo(second.Buffer.Start);
            await Serve.EchoAsync(connection);
        });
        using var peer = await served.Server.ConnectAsync();

        await peer.EchoesAsync("1234"u8.ToArray());
        peer.Finish();
        await (await served.WaitingAsync()).Waiting.InTime();
    }

    [Fact]
    public async Task A_token_ends_the_read_that_waits_and_no_other()
    {
        using var cancelling = new CancellationTokenSource();
        await using var served = await Served.StartAsync(async connection =>
        {
            var input = connection.Transport.Input;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => input.ReadAsync(cancelling.Token).AsTask());
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => input.ReadAsync(cancelling.Token).AsTask());
            await Serve.EchoAsync(connection);
        });
        using var peer = await served.Server.ConnectAsync();
        var (_, working) = await served.WaitingAsync();

        await cancelling.CancelAsync();

        await peer.EchoesAsync("afterwards"u8.ToArray());
        peer.Finish();
        await working.InTime();
    }

    [Fact]
    public async Task Tokens_that_are_cancelled_at_random_moments_lose_no_byte()
    {
        await using var server = await RawServer.StartAsync(static async connection =>
        {
            var input = connection.Transport.Input;
            while (true)
            {
                var read = await ReadUntilNotCancelledAsync(input);
                foreach (var piece in read.Buffer)
                    await connection.Transport.Output.WriteAsync(piece);

                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        });
        using var peer = await server.ConnectAsync();

        for (var i = 0; i < 2000; i++)
            await peer.EchoesAsync(Serve.Bytes(i % 7 + 1, i));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flush_that_is_cancelled_loses_no_byte_and_gives_its_memory_back(bool byToken)
    {
        using var cancelling = new CancellationTokenSource();
        var bytes = Serve.Bytes(20_000_000);
        await using var served = await Served.StartAsync(async connection =>
        {
            var memory = bytes.ToArray();
            var writing = connection.Transport.Output.WriteAsync(memory, cancelling.Token);
            if (byToken)
                await Assert.ThrowsAnyAsync<OperationCanceledException>(writing.AsTask);
            else
                Assert.True((await writing).IsCanceled);

            memory.AsSpan().Clear(); // it is its owner's again
            await connection.Transport.Output.WriteAsync("end"u8.ToArray());
        });
        using var peer = await served.Server.ConnectAsync(receiveBufferSize: 4096);
        var (connection, working) = await served.WaitingAsync();
        Assert.False(working.IsCompleted);

        if (byToken)
            await cancelling.CancelAsync();
        else
            connection.Transport.Output.CancelPendingFlush();

        var received = await peer.ReceiveAllAsync();
        Assert.Equal<byte[]>([.. bytes, .. "end"u8], received);
        await working.InTime();
    }

    private static async Task<ReadResult> ReadUntilNotCancelledAsync(PipeReader input)
    {
        while (true)
        {
            using var cancelling = new CancellationTokenSource();
            _ = Task.Run(() => CancelSoon(cancelling), Ct);
            try
            {
                return await input.ReadAsync(cancelling.Token);
            }
            catch (OperationCanceledException)
            {
                // As often as it takes.
            }
        }
    }

    private static void CancelSoon(CancellationTokenSource cancelling)
    {
        Thread.SpinWait(Random.Shared.Next(30_000));
        try
        {
            cancelling.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The read was faster.
        }
    }
}
