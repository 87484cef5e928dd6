using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using Krait.Messaging;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Transport;

/// <summary>What Krait's own framing does beyond what any WebSocket does.</summary>
public class FrameTransportTests
{
    [Fact]
    public async Task Messages_that_came_together_are_read_synchronously()
    {
        await using var connection = new InMemoryConnection();
        await connection.SendAsync([.. ClientFrame.Text("a"), .. ClientFrame.Text("b"), .. ClientFrame.Ping(), .. ClientFrame.Text("c")]);

        var read = "";
        for (var i = 0; i < 3; i++)
        {
            var reading = connection.Transport.ReadAsync();
            Assert.True(reading.IsCompleted);
            read += Encoding.UTF8.GetString((await reading).Payload.Span);
        }

        Assert.Equal("abc", read);
        Assert.False(connection.Transport.ReadAsync().IsCompleted);
    }

    [Fact]
    public async Task An_idle_connection_waits_without_a_buffer()
    {
        await using var connection = new InMemoryConnection();
        var reading = connection.Transport.ReadAsync();
        Assert.Equal(1, connection.Stream.EmptyReads);

        await connection.SendAsync(ClientFrame.Text("a"));
        await reading;
        _ = connection.Transport.ReadAsync();

        Assert.Equal(2, connection.Stream.EmptyReads);
    }

    [Fact]
    public async Task Half_a_frame_does_not_keep_what_was_inflated_before_it()
    {
        await using var connection = new InMemoryConnection(deflate: new());
        var compressed = Deflated.Of(new byte[1024 * 1024]);
        await connection.SendAsync([0xC2, .. ClientFrame.Binary(compressed)[1..], .. ClientFrame.Text("half")[..3]]);
        Assert.True(MemoryMarshal.TryGetArray((await connection.Transport.ReadAsync()).Payload, out var inflated));

        _ = connection.Transport.ReadAsync();

        Assert.Same(inflated.Array, ArrayPool<byte>.Shared.Rent(inflated.Array!.Length)); // the pool has it back
    }

    [Fact]
    public async Task A_stream_that_fails_when_it_is_disposed_keeps_no_buffer()
    {
        var input = new Pipe(new(pauseWriterThreshold: 0));
        var transport = new FrameTransport(new StreamThatCannotEnd(), static () => { }, Limits.Wide, new(input.Reader, null));
        await input.Writer.WriteAsync(ClientFrame.Binary(new byte[1024 * 1024]), TestContext.Current.CancellationToken);
        Assert.True(MemoryMarshal.TryGetArray((await transport.ReadAsync()).Payload, out var received));

        var disposing = transport.DisposeAsync();

        Assert.Same(received.Array, ArrayPool<byte>.Shared.Rent(received.Array!.Length)); // the pool has it back
        await Assert.ThrowsAsync<IOException>(async () => await disposing);
    }

    [Fact]
    public async Task A_stream_that_ends_empty_reads_at_once_works_all_the_same()
    {
        await using var connection = new InMemoryConnection();
        connection.Stream.EndsEmptyReadsAtOnce = true;
        var reading = connection.Transport.ReadAsync();

        await connection.SendAsync(ClientFrame.Text("a"));

        Assert.Equal("a", Encoding.UTF8.GetString((await reading).Payload.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(200_000)]
    public async Task Any_length_leaves_whole_as_the_first_message_of_a_batch_and_as_a_later_one(int length)
    {
        await using var connection = new InMemoryConnection();
        var payload = new byte[length];
        new Random(length).NextBytes(payload);
        connection.Append(WebSocketMessageType.Binary, payload);
        connection.Append(WebSocketMessageType.Text, [.. "between"u8]);
        connection.Append(WebSocketMessageType.Binary, payload);

        connection.Transport.Flush();

        Assert.Equal(payload, (await connection.ReceiveAsync()).Payload);
        Assert.Equal("between", (await connection.ReceiveAsync()).Text);
        Assert.Equal(payload, (await connection.ReceiveAsync()).Payload);
    }

    [Fact]
    public async Task A_message_written_in_small_pieces_leaves_whole()
    {
        await using var connection = new InMemoryConnection();
        using (var frame = OutgoingFrame.Encode(new PairsEncoder(), 10_000, isMarked: false))
        {
            lock (connection.Transport.OutputLock)
                frame.AppendTo(connection.Transport);
        }

        connection.Transport.Flush();

        var payload = (await connection.ReceiveAsync()).Payload;
        Assert.Equal(Enumerable.Range(0, 10_000), payload.Chunk(2).Select(pair => pair[0] | (pair[1] << 8)));
    }

    [Fact]
    public async Task A_batch_that_grows_large_leaves_before_its_end()
    {
        await using var connection = new InMemoryConnection();
        connection.Transport.HoldsReplies = true;

        connection.Transport.Post(WebSocketMessageType.Binary, new byte[100_000], isReply: true);

        Assert.Equal(0, connection.Transport.BufferedBytes);
    }

    [Fact]
    public async Task What_is_no_reply_leaves_at_once_with_the_replies_before_it()
    {
        await using var connection = new InMemoryConnection(Limits.Wide with { TimeProvider = new FakeTimeProvider() });
        connection.Transport.HoldsReplies = true;
        connection.Transport.Post(WebSocketMessageType.Text, "reply"u8.ToArray(), isReply: true);
        Assert.Empty(connection.TakeReceived()!);

        connection.Transport.Post(WebSocketMessageType.Text, "direct"u8.ToArray());

        Assert.Equal("reply", (await connection.ReceiveAsync()).Text);
        Assert.Equal("direct", (await connection.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task Replies_that_are_held_back_leave_when_the_sweep_comes()
    {
        var time = new FakeTimeProvider();
        await using var connection = new InMemoryConnection(Limits.Wide with { TimeProvider = time });
        connection.Transport.HoldsReplies = true;
        foreach (var text in new[] { "first", "second" })
        {
            connection.Transport.Post(WebSocketMessageType.Text, Encoding.UTF8.GetBytes(text), isReply: true);
            Assert.NotEqual(0, connection.Transport.BufferedBytes);

            time.Advance(ReplySweep.Interval);

            Assert.Equal(text, (await connection.ReceiveAsync()).Text);
        }
    }

    [Fact]
    public async Task A_batch_that_has_just_begun_when_the_sweep_comes_waits_for_the_next_one()
    {
        var time = new FakeTimeProvider();
        await using var connection = new InMemoryConnection(Limits.Wide with { TimeProvider = time });
        connection.Transport.HoldsReplies = true;
        connection.Transport.Post(WebSocketMessageType.Text, "long ago"u8.ToArray(), isReply: true);
        time.Advance(ReplySweep.Interval - TimeSpan.FromTicks(1));
        connection.Transport.ReleaseReplies();
        Assert.Equal("long ago", (await connection.ReceiveAsync()).Text);
        connection.Transport.HoldsReplies = true;
        connection.Transport.Post(WebSocketMessageType.Text, "just now"u8.ToArray(), isReply: true);

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SweepResult.Watch, connection.Transport.Output.Sweep());

        time.Advance(ReplySweep.Interval);
        Assert.Equal("just now", (await connection.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task It_is_known_whether_more_was_received_behind_a_message()
    {
        await using var connection = new InMemoryConnection();
        await connection.SendAsync([.. ClientFrame.Text("first"), .. ClientFrame.Text("last")]);

        await connection.Transport.ReadAsync();
        Assert.True(connection.Transport.HasUnread);

        Assert.True(connection.Transport.TryRead(out _));
        Assert.False(connection.Transport.HasUnread);
    }

    [Fact]
    public async Task A_close_frame_follows_a_slow_write_before_the_end_of_the_batch()
    {
        await using var connection = new InMemoryConnection(sendWindow: 1);
        connection.Transport.HoldsReplies = true;
        connection.Transport.Post(WebSocketMessageType.Text, "slow"u8.ToArray());

        connection.Transport.SendClose((WebSocketCloseStatus)1000, null);

        Assert.Equal("slow"u8.ToArray(), (await connection.ReceiveAsync()).Payload);
        Assert.NotEmpty(connection.TakeReceived()!);
    }

    [Fact]
    public async Task Many_pings_in_one_batch_are_all_answered_at_once()
    {
        await using var connection = new InMemoryConnection();
        connection.Transport.HoldsReplies = true;
        await connection.SendAsync([.. Enumerable.Range(0, 200).SelectMany(i => ClientFrame.Ping((byte)i)), .. ClientFrame.Text("last")]);

        Assert.Equal(TransportReadKind.Message, (await connection.Transport.ReadAsync()).Kind);

        for (var i = 0; i < 200; i++)
            Assert.Equal([(byte)i], (await connection.ReceiveAsync()).Payload);
    }

    [Fact]
    public async Task A_peer_that_pings_and_does_not_read_gets_the_answer_to_its_latest_ping()
    {
        await using var connection = new InMemoryConnection(sendWindow: 1);
        connection.Transport.Post(WebSocketMessageType.Text, "in the way"u8.ToArray());
        connection.Transport.Post(WebSocketMessageType.Text, "behind"u8.ToArray());
        await connection.SendAsync([.. Enumerable.Range(0, 200).SelectMany(i => ClientFrame.Ping((byte)i)), .. ClientFrame.Text("fine")]);

        Assert.Equal(TransportReadKind.Message, (await connection.Transport.ReadAsync()).Kind);

        Assert.Equal("in the way", (await connection.ReceiveAsync()).Text);
        Assert.Equal([199], (await connection.ReceiveAsync()).Payload);
        Assert.Equal("behind", (await connection.ReceiveAsync()).Text);
        Assert.Equal(0, connection.Transport.BufferedBytes);
    }

    [Fact]
    public async Task An_exception_of_the_stream_is_a_loss_that_tells_it()
    {
        await using var connection = new InMemoryConnection();
        var reading = connection.Transport.ReadAsync();

        connection.Fail(new IOException("reset"));

        var read = await reading;
        Assert.Equal((TransportReadKind.Lost, CloseCause.ConnectionLost, "reset"), (read.Kind, read.Cause, read.Error?.Message));
    }

    [Fact]
    public async Task Output_is_said_to_advance_by_one_thread_at_a_time()
    {
        await using var connection = new InMemoryConnection(sendWindow: 1000);
        var (inside, most, calls) = (0, 0, 0);
        OutputObserver.Watch(connection.Transport, () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            calls++;
            connection.Transport.Flush();
            Interlocked.Decrement(ref inside);
        });
        var sending = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                connection.Transport.Post(WebSocketMessageType.Binary, new byte[100]);
            }
        })).ToArray();

        for (var i = 0; i < 2000; i++)
            await connection.ReceiveAsync();

        await Task.WhenAll(sending);
        connection.Transport.Abort();
        Assert.Equal(1, most);
        Assert.NotEqual(0, calls);
    }

    [Fact]
    public async Task Small_shared_messages_leave_in_one_write()
    {
        await using var connection = new InMemoryConnection();
        var message = new SharedMessage(WebSocketMessageType.Text, "shared"u8.ToArray());
        lock (connection.Transport.OutputLock)
        {
            for (var i = 0; i < 100; i++)
                connection.Transport.Append(new OutputSegment(message, mayCompress: true));
        }

        connection.Transport.Flush();

        Assert.Equal(100 * 8, connection.Stream.LastWritten.Length);
        Assert.Equal("shared", (await connection.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task An_echo_of_binary_messages_allocates_nothing_for_a_message()
    {
        await using var connection = new InMemoryConnection();
        var frame = ClientFrame.Binary(new byte[32]);
        for (var i = 0; i < 20; i++)
            await AllocatedByEchoOfAsync(100);

        // What a batch costs in a debug build, where state machines are objects, is not the message's.
        Assert.Equal(await AllocatedByEchoOfAsync(1), await AllocatedByEchoOfAsync(100));

        // All of it completes synchronously, so that one thread's allocations are all there are.
        async Task<long> AllocatedByEchoOfAsync(int messages)
        {
            await connection.SendAsync([.. Enumerable.Repeat(frame, messages).SelectMany(bytes => bytes)]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            connection.Transport.HoldsReplies = true;
            for (var i = 0; i < messages; i++)
            {
                var reading = connection.Transport.ReadAsync();
                Assert.True(reading.IsCompleted);
                var read = await reading;
                connection.Transport.Post(read.Type, read.Payload, isReply: true);
            }

            connection.Transport.ReleaseReplies();
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            await connection.ReceiveExactlyAsync(new byte[messages * 34]);
            return allocated;
        }
    }

    private sealed class PairsEncoder : IMessageEncoder<int>
    {
        public WebSocketMessageType Encode(int message, IBufferWriter<byte> output)
        {
            for (var i = 0; i < message; i++)
                output.Write([(byte)i, (byte)(i >> 8)]);

            return WebSocketMessageType.Binary;
        }
    }

    private sealed class StreamThatCannotEnd : MemoryStream
    {
        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            throw new IOException("It cannot be flushed.");
        }
    }
}
