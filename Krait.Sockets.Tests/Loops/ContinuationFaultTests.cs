using System.IO.Pipelines;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Krait.Sockets.Tests.Loops;

/// <summary>A callback of a read that throws does so on the loop, below which there is nothing but the end of the process.</summary>
public sealed class ContinuationFaultTests
{
    [Fact]
    public async Task A_continuation_that_throws_ends_its_connection_and_no_other()
    {
        var count = 0;
        await using var server = await RawServer.StartAsync(
            connection => Interlocked.Increment(ref count) == 1 ? Serve.EchoAsync(connection) : ThrowAsync(connection), loops: 1);
        using var other = await server.ConnectAsync();
        await other.EchoesAsync("before"u8.ToArray());
        using var bad = await server.ConnectAsync();
        await bad.ReceiveAsync(1); // the read waits

        await bad.SendAsync("x"u8.ToArray());

        await bad.IsResetAsync();
        await other.EchoesAsync("afterwards"u8.ToArray());
        var error = Assert.Single(server.Logs.OfKrait(LogLevel.Error));
        Assert.Equal("from a continuation", error.Error?.Message);
    }

    private static async Task ThrowAsync(ConnectionContext connection)
    {
        ReadWithCallback(connection.Transport.Input);
        await connection.Transport.Output.WriteAsync(new byte[1]);
        var ended = new TaskCompletionSource();
        await using var _ = connection.ConnectionClosed.Register(ended.SetResult);
        await ended.Task;
    }

    private static void ReadWithCallback(PipeReader input)
    {
        var awaiter = input.ReadAsync().ConfigureAwait(false).GetAwaiter();
        Assert.False(awaiter.IsCompleted);
        awaiter.UnsafeOnCompleted(static () => throw new InvalidOperationException("from a continuation"));
    }
}
