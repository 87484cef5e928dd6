using System.Diagnostics;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Tests.EndToEnd;

/// <summary>Runs by itself: other tests would open descriptors, too.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;

/// <summary>Thousands of connections, which leave nothing.</summary>
[Collection(nameof(RunsAlone))]
public sealed class ManyConnectionsTests
{
    private const int AtOnce = 20;

    [Fact]
    public async Task No_descriptor_is_left_of_connections_that_end_in_every_way()
    {
        await using var server = await RawServer.StartAsync(ServeAsync);
        await EndInEveryWayAsync(server, 100);
        var before = Descriptors();

        await EndInEveryWayAsync(server, 2000);

        await Patience.Until(() => Descriptors() <= before);
    }

    [Fact]
    public async Task Ten_thousand_connections_one_after_the_other_are_served()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
        {
            using var peer = await server.ConnectAsync();
            await peer.EchoesAsync([(byte)i]);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"10,000 connections took {clock.Elapsed.TotalSeconds:F1} s.");
    }

    [Fact]
    public async Task No_descriptor_and_no_thread_is_left_of_a_host()
    {
        await StartAndStopAsync();
        var before = Descriptors();

        for (var i = 0; i < 5; i++)
            await StartAndStopAsync();

        await Patience.Until(() => Descriptors() <= before);
        await Patience.Until(static () => LoopThreads.Count() == 0);
    }

    /// <summary>Sockets, epolls and events; files are left out, because the process loads assemblies whenever it needs one.</summary>
    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Select(static path => new FileInfo(path).LinkTarget)
        .Count(static target => target?.Split(':')[0] is "socket" or "anon_inode");

    private static async Task StartAndStopAsync()
    {
        await using var server = await RawServer.StartAsync(Serve.EchoAsync, loops: 3);
        using var peer = await server.ConnectAsync();
        await peer.EchoesAsync("a"u8.ToArray());
        await Patience.Until(static () => LoopThreads.Count() == 4); // with the watchdog, and without those of hosts before
    }

    private static async Task EndInEveryWayAsync(RawServer server, int count)
    {
        for (var start = 0; start < count; start += AtOnce)
            await Task.WhenAll(Enumerable.Range(start, AtOnce).Select(i => EndAsync(server, i)));
    }

    /// <summary>The first byte says how the server ends its side; the rest of the number, how the client does.</summary>
    private static async Task EndAsync(RawServer server, int number)
    {
        using var peer = await server.ConnectAsync();
        await peer.SendAsync(new[] { (byte)(number % 4) });
        if (number / 4 % 4 == 0)
            peer.Reset();
        else if (number / 4 % 4 == 1)
            peer.Finish();
        else if (number / 4 % 4 == 2)
            await ReceiveToTheEndAsync(peer);
    }

    private static async Task ReceiveToTheEndAsync(TcpPeer peer)
    {
        peer.Finish();
        try
        {
            await peer.ReceiveAllAsync();
        }
        catch (IOException)
        {
            // The server's way was to abort.
        }
    }

    private static async Task ServeAsync(ConnectionContext connection)
    {
        var read = await connection.Transport.Input.ReadAsync();
        var way = read.Buffer.IsEmpty ? 0 : read.Buffer.FirstSpan[0];
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        if (way == 1)
            connection.Abort();
        else if (way == 2)
            await connection.Transport.Output.WriteAsync(new byte[100_000]);
        else if (way == 3)
            await Serve.EchoAsync(connection);
    }
}
