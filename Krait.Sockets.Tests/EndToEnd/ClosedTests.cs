using System.IO.Pipelines;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>How code that does not read learns that its client has gone.</summary>
public sealed class ClosedTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_end_that_comes_in_one_event_with_the_bytes_before_it_cancels_ConnectionClosed(bool byReset)
    {
        using var open = new ManualResetEventSlim();
        var (blocking, received) = (new TaskCompletionSource(), new TaskCompletionSource());
        var closed = new TaskCompletionSource();
        var count = 0;
        await using var server = await RawServer.StartAsync(
            connection => Interlocked.Increment(ref count) == 1
                ? BlockAsync(connection.Transport, blocking, open)
                : ReadOnceAsync(connection, received, closed),
            loops: 1);
        using var blocked = await server.ConnectAsync();
        await blocked.ReceiveAsync(1);
        using var peer = await server.ConnectAsync();
        await peer.ReceiveAsync(1); // its read waits
        await blocked.SendAsync("x"u8.ToArray());
        await blocking.Task.InTime();

        await peer.SendAsync("request"u8.ToArray());
        if (byReset)
            peer.Reset();
        else
            peer.Finish();

        open.Set();
        await received.Task.InTime();
        await closed.Task.InTime();
    }

    [Fact]
    public async Task The_end_of_a_client_cancels_ConnectionClosed_though_bytes_are_left_that_the_server_does_not_read()
    {
        var (received, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await RawServer.StartAsync(connection => ReadOnceAsync(connection, received, closed));
        using var peer = await server.ConnectAsync();
        await peer.ReceiveAsync(1);
        await peer.SendAsync("request"u8.ToArray());
        await received.Task.InTime();

        await peer.SendAsync("not read"u8.ToArray());
        peer.Finish();

        await closed.Task.InTime();
    }

    [Fact]
    public async Task A_callback_of_ConnectionClosed_that_throws_is_logged_and_ends_no_other_connection()
    {
        await using var server = await RawServer.StartAsync(static async connection =>
        {
            connection.ConnectionClosed.Register(static () => throw new InvalidOperationException("from a callback"));
            await Serve.EchoAsync(connection);
        });
        using var other = await server.ConnectAsync();
        await other.EchoesAsync("before"u8.ToArray());
        using (var peer = await server.ConnectAsync())
            await peer.EchoesAsync("bad"u8.ToArray());

        await Patience.Until(() => server.Logs.OfKrait(LogLevel.Error).Count > 0);

        await other.EchoesAsync("afterwards"u8.ToArray());
    }

    [Fact]
    public async Task A_read_that_waits_ends_when_the_connection_is_disposed()
    {
        var read = new TaskCompletionSource<Task>();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            read.SetResult(connection.Transport.Input.ReadAsync().AsTask());
            await connection.Transport.Output.WriteAsync(new byte[1]);
        });
        using var peer = await server.ConnectAsync();
        await peer.ReceiveAllAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>((await read.Task.InTime()).InTime);
    }

    private static async Task BlockAsync(IDuplexPipe transport, TaskCompletionSource blocking, ManualResetEventSlim open)
    {
        var reading = transport.Input.ReadAsync();
        await transport.Output.WriteAsync(new byte[1]);
        await reading;
        blocking.SetResult();
        open.Wait();
    }

    private static async Task ReadOnceAsync(ConnectionContext connection, TaskCompletionSource received, TaskCompletionSource closed)
    {
        connection.ConnectionClosed.Register(closed.SetResult);
        var input = connection.Transport.Input;
        var reading = input.ReadAsync();
        await connection.Transport.Output.WriteAsync(new byte[1]);
        input.AdvanceTo((await reading).Buffer.End);
        received.SetResult();
        await closed.Task;
    }
}
