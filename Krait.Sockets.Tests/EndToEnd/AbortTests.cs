using System.Net.Sockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>Any thread may abort a connection at any moment.</summary>
public sealed class AbortTests
{
    [Fact]
    public async Task An_abort_ends_a_read_that_waits_and_resets_the_client()
    {
        await using var served = await Served.StartAsync(static connection => connection.Transport.Input.ReadAsync().AsTask());
        using var peer = await served.Server.ConnectAsync();
        var (connection, waiting) = await served.WaitingAsync();

        connection.Abort(new("enough"));

        Assert.Equal("enough", (await Assert.ThrowsAsync<ConnectionAbortedException>(waiting.InTime)).Message);
        await peer.IsResetAsync();
        Assert.True(await CancelledAsync(connection.ConnectionClosed));
    }

    [Fact]
    public async Task An_abort_ends_a_flush_that_waits_and_resets_the_client()
    {
        await using var served = await Served.StartAsync(static async connection =>
            Assert.True((await connection.Transport.Output.WriteAsync(new byte[40_000_000])).IsCompleted));
        using var peer = await served.Server.ConnectAsync(receiveBufferSize: 4096);
        var (connection, waiting) = await served.WaitingAsync();

        connection.Abort(new("enough"));

        await waiting.InTime();
        await peer.IsResetAsync();
    }

    [Fact]
    public async Task After_an_abort_reads_throw_and_writes_are_dropped()
    {
        await using var served = await Served.StartAsync(static async connection =>
        {
            var hello = await connection.Transport.Input.ReadAsync(CancellationToken.None); // else the client may not connect
            connection.Transport.Input.AdvanceTo(hello.Buffer.End);
            connection.Abort(new("enough"));
            await Assert.ThrowsAsync<ConnectionAbortedException>(() => connection.Transport.Input.ReadAsync(CancellationToken.None).AsTask());
            connection.Transport.Output.GetSpan(100);
            connection.Transport.Output.Advance(100);
            await connection.Transport.Output.FlushAsync();
            Assert.True((await connection.Transport.Output.WriteAsync(new byte[100])).IsCompleted);
            connection.Abort(new("again"));
        });
        using var peer = await served.Server.ConnectAsync();
        await peer.SendAsync("hello"u8.ToArray());

        await (await served.WaitingAsync()).Waiting.InTime();
        await peer.IsResetAsync();
    }

    [Fact]
    public async Task Aborts_at_random_moments_leave_no_read_or_write_behind()
    {
        await using var server = await RawServer.StartAsync(static connection =>
        {
            _ = Task.Run(() => AbortSoon(connection));
            return EchoToTheEndAsync(connection);
        });

        for (var i = 0; i < 300; i++)
        {
            await SendToTheEndAsync(server);
        }
    }

    private static void AbortSoon(ConnectionContext connection)
    {
        Thread.SpinWait(Random.Shared.Next(100_000));
        connection.Abort();
    }

    private static async Task EchoToTheEndAsync(ConnectionContext connection)
    {
        try
        {
            await Serve.EchoAsync(connection);
        }
        catch (ConnectionAbortedException)
        {
            // The read that waited or came next.
        }
    }

    private static async Task SendToTheEndAsync(RawServer server)
    {
        try
        {
            using var peer = await server.ConnectAsync();
            while (true)
                await peer.EchoesAsync(new byte[5]);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The reset, which may come before the client knows that it is connected.
        }
    }

    private static async Task<bool> CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var _ = token.Register(cancelled.SetResult);
        await cancelled.Task.InTime();
        return true;
    }
}
