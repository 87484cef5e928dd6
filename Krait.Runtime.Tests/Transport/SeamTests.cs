using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

/// <summary>What holds on both sides of the seam.</summary>
public class SeamTests
{
    public static TheoryData<bool> Sides => [false, true];

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_message_is_read_with_its_type(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Text("hello"));

        var read = await connection.Transport.ReadAsync();

        Assert.Equal((TransportReadKind.Message, WebSocketMessageType.Text, "hello"), (read.Kind, read.Type, Encoding.UTF8.GetString(read.Payload.Span)));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Fragments_are_one_message(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Text("one ", isFinal: false), ClientFrame.Ping(1), ClientFrame.Continuation([.. "two"u8]));

        var read = await connection.Transport.ReadAsync();

        Assert.Equal("one two", Encoding.UTF8.GetString(read.Payload.Span));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_ping_is_answered_with_its_payload_while_a_read_is_pending(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        var reading = connection.Transport.ReadAsync().AsTask();

        await connection.SendAsync(ClientFrame.Ping(7, 8, 9));

        var pong = await connection.ReceiveAsync();
        Assert.Equal((FrameOpcode.Pong, "070809"), (pong.Opcode, Convert.ToHexString(pong.Payload)));
        connection.Finish();
        await reading;
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_end_is_said_again_and_again(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Close(4000, "enough"));

        var first = await connection.Transport.ReadAsync();
        connection.Transport.Abort();
        var second = await connection.Transport.ReadAsync();

        Assert.Equal((TransportReadKind.Close, CloseCause.ClientClosed, 4000, "enough"), (first.Kind, first.Cause, (int)first.Status, first.Reason));
        Assert.Equal((TransportReadKind.Close, 4000), (second.Kind, (int)second.Status));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task The_end_of_the_stream_without_a_close_frame_is_a_loss(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Text("hel", isFinal: false));
        connection.Finish();

        var read = await connection.Transport.ReadAsync();

        Assert.Equal((TransportReadKind.Lost, CloseCause.ConnectionLost, 1006), (read.Kind, read.Cause, (int)read.Status));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_message_over_the_limit_is_a_violation(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, limit: 10);
        await connection.SendAsync(ClientFrame.Binary(new byte[6], isFinal: false), ClientFrame.Continuation(new byte[5]));

        var read = await connection.Transport.ReadAsync();

        Assert.Equal((TransportReadKind.Violation, CloseCause.MessageTooLarge, 1009), (read.Kind, read.Cause, (int)read.Status));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_broken_protocol_is_a_violation(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Of((FrameOpcode)3, []));

        var read = await connection.Transport.ReadAsync();

        Assert.Equal((TransportReadKind.Violation, CloseCause.ProtocolError, 1002), (read.Kind, read.Cause, (int)read.Status));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task A_detached_payload_outlives_the_next_read(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        await connection.SendAsync(ClientFrame.Text("first"));
        var first = await connection.Transport.ReadAsync();
        using var memory = connection.Transport.DetachPayload();

        await connection.SendAsync(ClientFrame.Text("other"));
        await connection.Transport.ReadAsync();

        Assert.Equal("first", Encoding.UTF8.GetString(first.Payload.Span));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Messages_leave_in_order_and_the_close_frame_last(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket);
        connection.Append(WebSocketMessageType.Text, [.. "a"u8]);
        connection.Append(WebSocketMessageType.Binary, []);
        connection.Transport.SendClose((WebSocketCloseStatus)1001, "later");
        connection.Append(WebSocketMessageType.Text, [.. "dropped"u8]);
        connection.Transport.Flush();

        Assert.Null(await connection.Transport.OutputCompletion);
        Assert.Equal("a", (await connection.ReceiveAsync()).Text);
        Assert.Equal((FrameOpcode.Binary, 0), (await connection.ReceiveAsync()) is { } empty ? (empty.Opcode, empty.Payload.Length) : default);
        var close = await connection.ReceiveAsync();
        Assert.Equal((FrameOpcode.Close, 1001, "later"), (close.Opcode, close.CloseStatus, close.CloseReason));
        Assert.Equal(0, connection.Transport.BufferedBytes);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "03E8")]
    public async Task A_close_frame_never_says_1005(bool preferWebSocket, string payload)
    {
        await using var connection = Connect(preferWebSocket);
        connection.Transport.SendClose((WebSocketCloseStatus)1005, "ignored");

        Assert.Equal(payload, Convert.ToHexString((await connection.ReceiveAsync()).Payload));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Replies_wait_for_the_end_of_the_batch(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, time: new FakeTimeProvider());
        connection.Transport.HoldsReplies = true;
        connection.Transport.Post(WebSocketMessageType.Text, "held"u8.ToArray(), isReply: true);
        Assert.NotEqual(0, connection.Transport.BufferedBytes);

        connection.Transport.ReleaseReplies();

        Assert.Equal("held", (await connection.ReceiveAsync()).Text);
        Assert.Equal(0, connection.Transport.BufferedBytes);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Buffered_bytes_go_down_as_the_peer_reads(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, sendWindow: 1000);
        var advanced = new TaskCompletionSource();
        connection.Append(WebSocketMessageType.Binary, new byte[300_000]);
        OutputObserver.Watch(connection.Transport, () =>
        {
            if (connection.Transport.BufferedBytes == 0)
                advanced.TrySetResult();
        });

        connection.Transport.Flush();
        Assert.InRange(connection.Transport.BufferedBytes, 200_000, 301_000);
        Assert.Equal(300_000, (await connection.ReceiveMessageAsync()).Length);

        await advanced.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task After_aborting_output_is_dropped_and_said_to_have_advanced(bool preferWebSocket)
    {
        await using var connection = Connect(preferWebSocket, sendWindow: 1000);
        connection.Append(WebSocketMessageType.Binary, new byte[300_000]);
        connection.Transport.Flush();
        var advanced = 0;
        OutputObserver.Watch(connection.Transport, () => Interlocked.Increment(ref advanced));

        connection.Transport.Abort();
        connection.Append(WebSocketMessageType.Text, [.. "dropped"u8]);
        connection.Transport.Flush();

        Assert.Equal((0, CloseCause.ConnectionLost), (connection.Transport.BufferedBytes, await connection.Transport.OutputCompletion));
        Assert.Equal(1, advanced);
        Assert.Equal(TransportReadKind.Lost, (await connection.Transport.ReadAsync()).Kind);
        Assert.True(connection.Aborted.IsCompletedSuccessfully);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public async Task Threads_that_send_at_once_keep_their_own_order(bool preferWebSocket)
    {
        const int Threads = 4;
        const int Messages = 500;
        await using var connection = Connect(preferWebSocket, sendWindow: 1000);
        var sending = Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
            {
                connection.Append(WebSocketMessageType.Text, Encoding.UTF8.GetBytes($"{thread}:{i}"));
                connection.Transport.Flush();
            }
        })).ToArray();

        var next = new int[Threads];
        for (var i = 0; i < Threads * Messages; i++)
        {
            var parts = (await connection.ReceiveAsync()).Text.Split(':');
            Assert.Equal(next[int.Parse(parts[0])]++, int.Parse(parts[1]));
        }

        await Task.WhenAll(sending);
    }

    private static InMemoryConnection Connect(
        bool preferWebSocket,
        int? limit = null,
        int sendWindow = 0,
        TimeProvider? time = null) =>
        new(
            Limits.Wide with
            {
                PreferWebSocket = preferWebSocket,
                MaxMessageSize = limit ?? Limits.Wide.MaxMessageSize,
                TimeProvider = time ?? TimeProvider.System,
            },
            sendWindow);
}
