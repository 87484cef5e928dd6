using System.Net.WebSockets;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

public class SendTimeoutTests
{
    private const int Piece = 64 * 1024;
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_takes_nothing_is_lost(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var reading = connection.Transport.ReadAsync();
        connection.Append(WebSocketMessageType.Binary, new byte[Piece]);
        connection.Transport.Flush();
        _time.Advance(SendTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        var read = await reading;
        Assert.Equal((TransportReadKind.Lost, CloseCause.SendTimeout), (read.Kind, read.Cause));
        Assert.Equal(CloseCause.SendTimeout, await connection.Transport.OutputCompletion);
        Assert.Equal(0, connection.Transport.BufferedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_peer_that_makes_progress_is_not_lost(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        connection.Append(WebSocketMessageType.Binary, new byte[5 * Piece]);
        connection.Transport.Flush();
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(SendTimeout - TimeSpan.FromSeconds(1));
            await connection.ReceiveSomeAsync();
        }

        Assert.False(connection.Aborted.IsCompleted);
    }

    [Fact]
    public async Task Without_output_no_time_runs()
    {
        await using var connection = Connect(preferWebSocket: false);
        connection.Append(WebSocketMessageType.Binary, new byte[Piece]);
        connection.Transport.Flush();
        await connection.ReceiveAsync();

        _time.Advance(10 * SendTimeout);

        Assert.False(connection.Aborted.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_takes_what_the_kernel_holds_is_not_lost_though_the_kernel_takes_no_more()
    {
        var peer = new ScriptedPeer { HasAll = false };
        await using var connection = Connect(preferWebSocket: false, peer);
        connection.Append(WebSocketMessageType.Binary, new byte[Piece]);
        connection.Transport.Flush();

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(SendTimeout - TimeSpan.FromSeconds(1));
            peer.Take();
        }

        Assert.False(connection.Aborted.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_lost_whatever_it_took_before()
    {
        var peer = new ScriptedPeer { HasAll = false };
        await using var connection = Connect(preferWebSocket: false, peer);
        connection.Append(WebSocketMessageType.Binary, new byte[Piece]);
        connection.Transport.Flush();
        _time.Advance(SendTimeout - TimeSpan.FromSeconds(1));
        peer.Take();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(connection.Aborted.IsCompleted);

        _time.Advance(SendTimeout);

        Assert.Equal(CloseCause.SendTimeout, await connection.Transport.OutputCompletion);
    }

    private InMemoryConnection Connect(bool preferWebSocket, IPeerProgress? peer = null) =>
        new(Limits.Wide with { PreferWebSocket = preferWebSocket, SendTimeout = SendTimeout, TimeProvider = _time }, sendWindow: 1, peer: peer);
}
