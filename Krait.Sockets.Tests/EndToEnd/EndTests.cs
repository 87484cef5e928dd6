using System.IO.Pipelines;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>How connections end, from either side.</summary>
public sealed class EndTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_came_before_the_clients_end_is_answered_before_the_server_closes()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync);
        using var peer = await server.ConnectAsync();
        for (var i = 0; i < 20; i++)
            await peer.SendAsync(Encoding.ASCII.GetBytes($"message {i};"));

        peer.Finish();

        var answer = Encoding.ASCII.GetString(await peer.ReceiveAllAsync());
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(static i => $"message {i};")), answer);
    }

    [Fact]
    public async Task The_server_reads_on_after_it_has_ended_its_output()
    {
        var received = new TaskCompletionSource<byte[]>();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            await connection.Transport.Output.WriteAsync("bye"u8.ToArray());
            await connection.Transport.Output.CompleteAsync();
            var bytes = new MemoryStream();
            await connection.Transport.Input.CopyToAsync(bytes);
            received.SetResult(bytes.ToArray());
        });
        using var peer = await server.ConnectAsync();
        Assert.Equal("bye"u8.ToArray(), await peer.ReceiveAllAsync());

        await peer.SendAsync("and thanks"u8.ToArray());
        peer.Finish();

        Assert.Equal("and thanks"u8.ToArray(), await received.Task.InTime());
    }

    [Fact]
    public async Task Bytes_that_no_flush_has_sent_are_sent_when_the_output_ends()
    {
        await using var server = await RawServer.StartAsync(static connection =>
        {
            "unflushed"u8.CopyTo(connection.Transport.Output.GetSpan(9));
            connection.Transport.Output.Advance(9);
            return Task.CompletedTask;
        });
        using var peer = await server.ConnectAsync();

        Assert.Equal("unflushed"u8.ToArray(), await peer.ReceiveAllAsync());
    }

    [Fact]
    public async Task Output_that_ends_with_an_error_is_a_reset_and_not_an_end()
    {
        await using var server = await RawServer.StartAsync(static async connection =>
        {
            await connection.Transport.Input.ReadAsync();
            await connection.Transport.Output.CompleteAsync(new InvalidOperationException("half a message"));
        });
        using var peer = await server.ConnectAsync();
        await peer.SendAsync("?"u8.ToArray());

        await peer.IsResetAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_client_whom_the_server_reads_ends_the_read_and_cancels_ConnectionClosed(bool byReset)
    {
        var read = new TaskCompletionSource<ReadResult>();
        var closed = new TaskCompletionSource();
        var reading = new TaskCompletionSource();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            connection.ConnectionClosed.Register(() => closed.SetResult());
            var pending = connection.Transport.Input.ReadAsync();
            reading.SetResult();
            await CompleteFromAsync(read, pending);
        });
        using var peer = await server.ConnectAsync();
        await reading.Task.InTime();

        End(peer, byReset);

        await closed.Task.InTime();
        if (byReset)
            await Assert.ThrowsAsync<ConnectionResetException>(read.Task.InTime);
        else
            Assert.True((await read.Task.InTime()).IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_an_idle_client_cancels_ConnectionClosed_though_the_server_does_not_read(bool byReset)
    {
        var connected = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            connection.ConnectionClosed.Register(() => closed.SetResult());
            connected.SetResult();
            await closed.Task;
        });
        using var peer = await server.ConnectAsync();
        await connected.Task.InTime();

        End(peer, byReset);

        await closed.Task.InTime();
    }

    [Fact]
    public async Task A_reset_cancels_ConnectionClosed_though_bytes_are_left_that_the_server_does_not_read()
    {
        var connected = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            connection.ConnectionClosed.Register(() => closed.SetResult());
            var read = await connection.Transport.Input.ReadAsync();
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            connected.SetResult();
            await closed.Task;
        });
        using var peer = await server.ConnectAsync();
        await peer.SendAsync("read"u8.ToArray());
        await connected.Task.InTime();
        await peer.SendAsync("not read"u8.ToArray());

        peer.Reset();

        await closed.Task.InTime();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_goes_while_the_server_waits_for_it_to_read_ends_the_write(bool byReset)
    {
        var result = new TaskCompletionSource<FlushResult>();
        var writing = new TaskCompletionSource();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            var pending = connection.Transport.Output.WriteAsync(new byte[40_000_000]);
            writing.SetResult();
            result.SetResult(await pending);
        });
        using var peer = await server.ConnectAsync(receiveBufferSize: 4096);
        await writing.Task.InTime();

        if (byReset)
            peer.Reset();
        else
            peer.Dispose(); // with bytes unread: the kernel resets the connection

        Assert.True((await result.Task.InTime()).IsCompleted);
    }

    private static void End(TcpPeer peer, bool byReset)
    {
        if (byReset)
            peer.Reset();
        else
            peer.Finish();
    }

    private static async Task CompleteFromAsync(TaskCompletionSource<ReadResult> read, ValueTask<ReadResult> pending)
    {
        try
        {
            read.SetResult(await pending);
        }
        catch (IOException e)
        {
            read.SetException(e);
        }
    }
}
