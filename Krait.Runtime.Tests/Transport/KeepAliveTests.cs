using System.Net.WebSockets;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

public class KeepAliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_silent_peer_is_pinged()
    {
        await using var connection = Connect();
        _ = connection.Transport.ReadAsync();

        _time.Advance(Interval);

        Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);
    }

    [Fact]
    public async Task A_peer_that_talks_is_not_pinged()
    {
        await using var connection = Connect();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Interval * 0.9);
            await connection.SendAsync(ClientFrame.Text("still here"));
            await connection.Transport.ReadAsync();
        }

        Assert.Equal(0, connection.Transport.BufferedBytes);
        connection.Append(WebSocketMessageType.Text, [.. "first"u8]);
        connection.Transport.Flush();
        Assert.Equal("first", (await connection.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_is_lost()
    {
        await using var connection = Connect();
        var reading = connection.Transport.ReadAsync();
        _time.Advance(Interval);
        _time.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        var read = await reading;
        Assert.Equal((TransportReadKind.Lost, CloseCause.KeepAliveTimeout, 1006), (read.Kind, read.Cause, (int)read.Status));
        Assert.Equal(CloseCause.KeepAliveTimeout, await connection.Transport.OutputCompletion);
        await connection.Aborted;
    }

    [Fact]
    public async Task Anything_that_comes_is_an_answer()
    {
        await using var connection = Connect();
        var reading = connection.Transport.ReadAsync().AsTask();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Interval);
            Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);
            await connection.SendAsync(ClientFrame.Pong());
            _time.Advance(Deadline - TimeSpan.FromSeconds(1));
            await connection.SendAsync(ClientFrame.Pong());
        }

        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task Pings_go_out_while_nobody_reads_and_their_deadline_is_suspended()
    {
        await using var connection = Connect();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Interval);
            Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);
        }

        Assert.False(connection.Aborted.IsCompleted);
    }

    [Fact]
    public async Task The_deadline_starts_over_when_somebody_reads_again()
    {
        await using var connection = Connect();
        _time.Advance(Interval);
        _time.Advance(Interval * 0.9);

        var reading = connection.Transport.ReadAsync();
        _time.Advance(Deadline - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task A_ping_behind_other_output_is_not_waited_for()
    {
        await using var connection = Connect(sendWindow: 1);
        connection.Append(WebSocketMessageType.Text, [.. "in the way"u8]);
        connection.Transport.Flush();
        var reading = connection.Transport.ReadAsync();

        for (var i = 0; i < 5; i++)
            _time.Advance(Interval);

        Assert.False(reading.IsCompleted);
        Assert.Equal("in the way", (await connection.ReceiveAsync()).Text);
        Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);
        for (var i = 0; i < 5; i++)
            _time.Advance(Deadline);

        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task The_deadline_of_a_ping_that_waits_behind_other_output_starts_when_it_has_left()
    {
        var longInterval = Deadline * 3;
        await using var connection = Connect(longInterval, sendWindow: 1);
        connection.Append(WebSocketMessageType.Text, [.. "in the way"u8]);
        connection.Transport.Flush();
        var reading = connection.Transport.ReadAsync();
        _time.Advance(longInterval);
        _time.Advance(Deadline * 0.99);
        await connection.ReceiveAsync();
        Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);

        for (var i = 0; i < 4; i++)
            _time.Advance(Deadline * 0.24);

        Assert.False(reading.IsCompleted);
        for (var i = 0; i < 3; i++)
            _time.Advance(Deadline / 4);

        Assert.True(reading.IsCompleted);
        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task A_ping_behind_what_the_kernel_holds_is_not_waited_for_while_the_peer_takes_that()
    {
        var peer = new ScriptedPeer { HasAll = false };
        await using var connection = Connect(peer: peer);
        var reading = connection.Transport.ReadAsync();
        _time.Advance(Interval);

        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Deadline - TimeSpan.FromSeconds(1));
            peer.Take();
        }

        Assert.False(reading.IsCompleted);
        peer.HasAll = true;
        _time.Advance(Deadline / 4);
        Assert.False(reading.IsCompleted);
        _time.Advance(Deadline);
        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_of_what_the_kernel_holds_is_lost_in_time()
    {
        await using var connection = Connect(peer: new ScriptedPeer { HasAll = false });
        var reading = connection.Transport.ReadAsync();

        _time.Advance(Interval);
        _time.Advance(Deadline);

        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task What_the_peer_takes_after_the_ping_is_no_answer()
    {
        var peer = new ScriptedPeer();
        await using var connection = Connect(peer: peer);
        var reading = connection.Transport.ReadAsync();
        _time.Advance(Interval);
        peer.HasAll = false;

        for (var i = 0; i < 4; i++)
        {
            peer.Take();
            _time.Advance(Deadline / 4);
        }

        Assert.Equal(CloseCause.KeepAliveTimeout, (await reading).Cause);
    }

    [Fact]
    public async Task Without_an_interval_nothing_is_sent()
    {
        await using var connection = Connect(interval: Timeout.InfiniteTimeSpan);
        var reading = connection.Transport.ReadAsync();

        _time.Advance(TimeSpan.FromDays(1));

        Assert.False(reading.IsCompleted);
        connection.Append(WebSocketMessageType.Text, [.. "first"u8]);
        connection.Transport.Flush();
        Assert.Equal("first", (await connection.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task Without_a_timeout_pings_go_on_for_ever()
    {
        await using var connection = Connect(timeout: Timeout.InfiniteTimeSpan);
        var reading = connection.Transport.ReadAsync();

        for (var i = 0; i < 50; i++)
        {
            _time.Advance(Interval);
            Assert.Equal(FrameOpcode.Ping, (await connection.ReceiveAsync()).Opcode);
        }

        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_the_server_knows_to_be_gone_is_lost_even_while_nobody_reads()
    {
        using var gone = new CancellationTokenSource();
        await using var connection = new InMemoryConnection(OptionsOf(Interval, Deadline), peerGone: gone.Token);
        await gone.CancelAsync();

        _time.Advance(Interval);

        Assert.Equal(CloseCause.ConnectionLost, await connection.Transport.OutputCompletion.WaitAsync(TestContext.Current.CancellationToken));
    }

    private InMemoryConnection Connect(TimeSpan? interval = null, TimeSpan? timeout = null, int sendWindow = 0, IPeerProgress? peer = null) =>
        new(OptionsOf(interval ?? Interval, timeout ?? Deadline), sendWindow, peer: peer);

    private TransportOptions OptionsOf(TimeSpan interval, TimeSpan timeout) =>
        Limits.Wide with { KeepAliveInterval = interval, KeepAliveTimeout = timeout, TimeProvider = _time };
}
