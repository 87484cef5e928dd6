using System.Net.WebSockets;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

/// <summary>The events for which a transport waits after a violation, before the connection ends.</summary>
public class DrainTests
{
    private const int Limit = 10;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NotQuite = Quiet - TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan MessageTime = TimeSpan.FromSeconds(1.5);

    private readonly FakeTimeProvider _time = new();

    public static TheoryData<bool> Sides => [false, true];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_with_the_clients_close_frame(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartAsync(connection, Ct);

        await connection.SendAsync(ClientFrame.Binary(new byte[100_000]));
        Assert.False(draining.IsCompleted);
        await connection.SendAsync(ClientFrame.Close(1009));

        Assert.True(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_with_the_clients_side(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartAsync(connection, Ct);

        connection.Finish();

        Assert.False(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_when_the_connection_is_aborted(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartAsync(connection, Ct);

        connection.Transport.Abort();

        Assert.False(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_at_the_deadline_though_the_close_frame_has_not_left(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, sendWindow: 1000);
        connection.Append(WebSocketMessageType.Binary, new byte[100_000]);
        connection.Transport.Flush();
        using var deadline = new CancellationTokenSource();
        var draining = await StartAsync(connection, deadline.Token);

        await deadline.CancelAsync();

        Assert.False(await draining.WaitAsync(Ct));
        Assert.False(connection.Transport.OutputCompletion.IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_when_the_client_was_quiet_for_a_quarter_of_a_second(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartAsync(connection, Ct);

        _time.Advance(NotQuite);
        await connection.SendAsync(ClientFrame.Binary(new byte[5]));
        _time.Advance(NotQuite);
        Assert.False(draining.IsCompleted);
        _time.Advance(Quiet);

        Assert.False(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Draining_ends_after_five_seconds_whatever_the_client_sends(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartAsync(connection, Ct);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(4.9); passed += TimeSpan.FromMilliseconds(100))
        {
            await connection.SendAsync(ClientFrame.Binary(new byte[5]));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await connection.SendAsync(ClientFrame.Binary(new byte[5]));
        Assert.False(draining.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.False(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_client_is_not_waited_for_before_the_close_frame_has_left(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, sendWindow: 1000);
        connection.Append(WebSocketMessageType.Binary, new byte[100_000]);
        connection.Transport.Flush();
        var draining = await StartAsync(connection, Ct);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(draining.IsCompleted);
        await connection.ReceiveMessageAsync();
        Assert.Equal(FrameOpcode.Close, (await connection.ReceiveAsync()).Opcode);
        Assert.Null(await connection.Transport.OutputCompletion.WaitAsync(Ct));
        await connection.SendAsync(ClientFrame.Close(1009));

        Assert.True(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_close_frame_waits_for_the_end_of_a_message_that_is_too_large(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartInMessageAsync(connection);

        await connection.SendAsync(ClientFrame.Continuation(new byte[100_000], isFinal: false));
        Assert.False(connection.Transport.OutputCompletion.IsCompleted);
        await connection.SendAsync(ClientFrame.Continuation([1], isFinal: true));

        Assert.Equal(FrameOpcode.Close, (await connection.ReceiveAsync()).Opcode);
        await connection.SendAsync(ClientFrame.Close(1009));
        Assert.True(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_close_frame_does_not_wait_for_the_end_of_a_message_for_longer_than_it_may(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartInMessageAsync(connection);

        _time.Advance(MessageTime - TimeSpan.FromMilliseconds(1));
        Assert.False(connection.Transport.OutputCompletion.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(FrameOpcode.Close, (await connection.ReceiveAsync()).Opcode);
        await connection.SendAsync(ClientFrame.Continuation([1], isFinal: true), ClientFrame.Close(1009));
        Assert.True(await draining.WaitAsync(Ct));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_close_frame_leaves_when_the_client_ends_its_side_in_a_message(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var draining = await StartInMessageAsync(connection);

        connection.Finish();

        Assert.False(await draining.WaitAsync(Ct));
        if (!preferWebSocket) // a WebSocket of .NET sends nothing more then
            Assert.Equal(FrameOpcode.Close, (await connection.ReceiveAsync()).Opcode);
    }

    public static TheoryData<string> Violations => [.. AllViolations.Keys];

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task The_close_frame_is_found_behind_a_violation_that_left_the_framing_whole(string row)
    {
        await using var connection = Connect(preferWebSocket: false);
        await connection.SendAsync(AllViolations[row]);
        Assert.Equal(TransportReadKind.Violation, (await connection.Transport.ReadAsync()).Kind);

        Assert.True(await DrainAsync(connection, 1002, Ct).WaitAsync(Ct));
    }

    [Fact]
    public async Task The_rest_of_a_payload_that_broke_a_rule_is_skipped()
    {
        await using var connection = Connect(preferWebSocket: false);
        var text = ClientFrame.Of(FrameOpcode.Text, [0xFF, 1, 2, 3, 4, 5, 6, 7], isFinal: true, key: [0, 0, 0, 0]);
        ClientFrame.Close().CopyTo(text, text.Length - 6);
        await connection.SendAsync(text[..^7]);
        Assert.Equal(TransportReadKind.Violation, (await connection.Transport.ReadAsync()).Kind);
        var draining = DrainAsync(connection, 1007, Ct);

        await connection.SendAsync(text[^7..]);
        Assert.False(draining.IsCompleted);
        await connection.SendAsync(ClientFrame.Close(1007));

        Assert.True(await draining.WaitAsync(Ct));
    }

    [Fact]
    public async Task No_close_frame_is_found_behind_broken_framing()
    {
        await using var connection = Connect(preferWebSocket: false);
        await connection.SendAsync([0x81, 0x01, 0x61, .. ClientFrame.Close(1000)]);
        Assert.Equal(TransportReadKind.Violation, (await connection.Transport.ReadAsync()).Kind);
        var draining = DrainAsync(connection, 1002, Ct);

        _time.Advance(NotQuite);
        Assert.False(draining.IsCompleted);
        _time.Advance(Quiet);

        Assert.False(await draining.WaitAsync(Ct));
    }

    private static Dictionary<string, byte[]> AllViolations { get; } = new()
    {
        ["too large"] = [.. ClientFrame.Binary(new byte[Limit + 1]), .. ClientFrame.Close(1009)],
        ["text that is not UTF-8"] = [.. ClientFrame.Of(FrameOpcode.Text, [0xFF, 1, 2, 3]), .. ClientFrame.Close(1007)],
        ["text that ends inside a character"] = [.. ClientFrame.Of(FrameOpcode.Text, [0xE2, 0x82]), .. ClientFrame.Close(1007)],
        ["a continuation of nothing"] = [.. ClientFrame.Continuation([1, 2, 3]), .. ClientFrame.Close(1002)],
        ["a message inside a message"] =
            [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Binary([2, 3]), .. ClientFrame.Close(1002)],
        ["a close with a forbidden status"] = ClientFrame.Close(1005),
    };

    /// <summary>The client breaks the limit, and the server answers and drains.</summary>
    private static async Task<Task<bool>> StartAsync(InMemoryConnection connection, CancellationToken deadline)
    {
        await connection.SendAsync(ClientFrame.Binary(new byte[Limit + 1]));
        Assert.Equal(TransportReadKind.Violation, (await connection.Transport.ReadAsync()).Kind);
        return DrainAsync(connection, 1009, deadline);
    }

    /// <summary>The client breaks the limit in the middle of a message, and the server drains.</summary>
    private static async Task<Task<bool>> StartInMessageAsync(InMemoryConnection connection)
    {
        await connection.SendAsync(ClientFrame.Binary(new byte[Limit + 1], isFinal: false));
        Assert.Equal(TransportReadKind.Violation, (await connection.Transport.ReadAsync()).Kind);
        Assert.True(connection.Transport.IsInMessage);
        return DrainAsync(connection, 1009, Ct);
    }

    private static Task<bool> DrainAsync(InMemoryConnection connection, int status, CancellationToken deadline) =>
        connection.Transport.DrainAsync(() => connection.Transport.SendClose((WebSocketCloseStatus)status, null), MessageTime, deadline);

    private InMemoryConnection Connect(bool preferWebSocket, int sendWindow = 0) =>
        new(Limits.Wide with { PreferWebSocket = preferWebSocket, MaxMessageSize = Limit, TimeProvider = _time }, sendWindow);
}
