using System.Buffers;
using System.Net.WebSockets;
using Krait.CompilerServices;
using Krait.Messaging;

namespace Krait.Runtime.Tests.Messaging;

public sealed class SendBufferTests
{
    private readonly ScriptedTransport _transport = new() { Taking = false };
    private readonly SendBuffer<string> _buffer;

    public SendBufferTests()
    {
        _buffer = new(_transport, MessageCodecs.Text, capacity: 4);
        _transport.OutputObserver = _buffer;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void One_message_may_overshoot_and_the_next_finds_no_room()
    {
        Assert.True(_buffer.TrySend("0123456789"));
        Assert.False(_buffer.TrySend("x"));
    }

    [Fact]
    public async Task Sends_that_find_no_room_wait_and_leave_in_order()
    {
        _buffer.TrySend("full");
        var first = _buffer.SendAsync("first", Cancel).AsTask();
        var second = _buffer.SendAsync("second", Cancel).AsTask();
        Assert.False(first.IsCompleted);

        _transport.Take();
        await first;
        Assert.False(second.IsCompleted); // "first" alone fills the buffer
        _transport.Take();
        await second;
        _transport.Take();

        Assert.Equal(["full", "first", "second"], _transport.Sent);
    }

    [Fact]
    public async Task A_reply_that_fills_the_buffer_does_not_wait_for_the_end_of_the_batch()
    {
        _transport.HoldsReplies = true;
        await _buffer.SendAsync("full", Cancel, isReply: true);
        var first = _buffer.SendAsync("first", Cancel, isReply: true).AsTask();

        _transport.Take();
        await first;

        Assert.Equal(["full"], _transport.Sent);
    }

    [Fact]
    public async Task A_send_that_waits_when_the_output_is_lost_does_not_report_success()
    {
        _buffer.TrySend("full");
        var waiting = _buffer.SendAsync("waits", Cancel).AsTask();
        _transport.Abort();
        _buffer.OutputAdvanced();
        Assert.False(waiting.IsCompleted);
        _buffer.Close(() => new("c1", new((WebSocketCloseStatus)1006, null, CloseCause.SendTimeout)));
        await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
    }

    [Fact]
    public async Task A_message_that_is_sent_when_the_output_is_lost_goes_nowhere()
    {
        _transport.Abort();

        Assert.False(_buffer.TrySend("lost"));
        await _buffer.SendAsync("lost", Cancel);

        Assert.Empty(_transport.Sent);
    }

    [Fact]
    public void TrySend_does_not_overtake_those_who_wait()
    {
        _buffer.TrySend("full");
        _ = _buffer.SendAsync("waits", Cancel).AsTask();
        Assert.False(_buffer.TrySend("x"));
    }

    [Fact]
    public async Task A_cancelled_wait_sends_nothing_and_lets_the_next_one_in()
    {
        using var cancellation = new CancellationTokenSource();
        _buffer.TrySend("full");
        var cancelled = _buffer.SendAsync("cancelled", cancellation.Token).AsTask();
        var next = _buffer.SendAsync("next", Cancel).AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _transport.Take();
        await next;
        _transport.Take();

        Assert.Equal(["full", "next"], _transport.Sent);
    }

    [Fact]
    public async Task A_token_that_fires_while_the_sender_gets_in_line_sends_nothing_and_lets_the_next_one_in()
    {
        using var cancellation = new CancellationTokenSource();
        _buffer.TrySend("full");
        Task? cancelled = null;
        var sender = new Thread(() => cancelled = _buffer.SendAsync("cancelled", cancellation.Token).AsTask());
        lock (_transport.OutputLock)
        {
            sender.Start();
            Assert.True(SpinWait.SpinUntil(() => sender.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(30)));
            cancellation.Cancel();
        }

        sender.Join();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled!);
        var next = _buffer.SendAsync("next", Cancel).AsTask();
        _transport.Take();
        await next;
        _transport.Take();
        Assert.Equal(["full", "next"], _transport.Sent);
    }

    [Fact]
    public async Task A_message_that_cannot_be_encoded_leaves_nothing_on_the_wire()
    {
        var buffer = new SendBuffer<string>(_transport, new FailingEncoder(), 4);
        Assert.Throws<NotSupportedException>(() => buffer.TrySend("bad"));
        await Assert.ThrowsAsync<NotSupportedException>(() => buffer.SendAsync("bad", Cancel).AsTask());
        Assert.True(buffer.TrySend("ok"));
        _transport.Take();
        Assert.Equal(["ok"], _transport.Sent);
    }

    [Fact]
    public void Bytes_that_are_no_array_are_copied_since_their_owner_may_take_them_back() =>
        Assert.Throws<ObjectDisposedException>(() => Encoded<string>.FromBytes(null, WebSocketMessageType.Text, new GoneMemory().Memory));

    [Fact]
    public async Task An_encoder_may_send_and_what_it_sends_comes_first()
    {
        var encoder = new SendingEncoder();
        encoder.Buffer = new(_transport, encoder, 100);
        _transport.Taking = true;

        await encoder.Buffer.SendAsync("outer", Cancel);

        Assert.Equal(["inner", "outer"], _transport.Sent);
    }

    [Fact]
    public async Task A_sender_does_not_wait_while_another_one_encodes()
    {
        var encoder = new BlockingEncoder();
        var buffer = new SendBuffer<string>(_transport, encoder, 100);
        _transport.Taking = true;
        var blocked = Task.Run(() => buffer.SendAsync("blocked", Cancel).AsTask(), Cancel);
        await encoder.Blocks.Task.WaitAsync(Cancel);

        Assert.True(buffer.TrySend("quick"));
        Assert.Equal(["quick"], _transport.Sent);
        encoder.GoOn.SetResult();
        await blocked;
        Assert.Equal(["quick", "blocked"], _transport.Sent);

        encoder.Reset();
        blocked = Task.Run(() => buffer.SendAsync("blocked", Cancel).AsTask(), Cancel);
        await encoder.Blocks.Task.WaitAsync(Cancel);
        buffer.Close(() => new("c1", new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed)));
        encoder.GoOn.SetResult();
        await Assert.ThrowsAsync<ConnectionClosedException>(() => blocked);
    }

    [Fact]
    public async Task A_borrowed_payload_is_copied_when_it_gets_in_line()
    {
        var buffer = new SendBuffer<ReadOnlyMemory<byte>>(_transport, MessageCodecs.Binary(borrow: true), 4);
        _transport.OutputObserver = buffer;
        var payload = "first"u8.ToArray();
        buffer.TrySend("full"u8.ToArray());
        var waiting = buffer.SendAsync(payload, Cancel).AsTask();

        "other"u8.CopyTo(payload);
        _transport.Take();
        await waiting;
        _transport.Take();

        Assert.Equal(["full", "first"], _transport.Sent);
    }

    [Fact]
    public async Task No_more_messages_wait_than_the_line_holds()
    {
        var buffer = new SendBuffer<string>(_transport, MessageCodecs.Text, capacity: 1000);
        buffer.TrySend(new string('x', 1000));
        var waiting = Enumerable.Range(0, SendLine.MostMessages).Select(_ => buffer.SendAsync("", Cancel).AsTask()).ToArray();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => buffer.SendAsync("", Cancel).AsTask());

        Assert.Contains("Await each SendAsync", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(waiting, task => task.IsCompleted);
    }

    [Fact]
    public async Task No_more_bytes_wait_than_the_line_holds_but_a_message_alone_may_be_larger()
    {
        _buffer.TrySend("full");
        var large = _buffer.SendAsync(new string('x', 1000), Cancel).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _buffer.SendAsync("x", Cancel).AsTask());

        _transport.Take();
        await large;
        _ = _buffer.SendAsync("x", Cancel).AsTask();
    }

    [Fact]
    public async Task A_client_that_has_closed_is_sent_nothing_and_nobody_is_told()
    {
        _buffer.TrySend("full");
        var waiting = _buffer.SendAsync("waiting", Cancel).AsTask();
        _buffer.Discard();

        await waiting;
        await _buffer.SendAsync("late", Cancel);
        Assert.False(_buffer.TrySend("late"));
        _transport.Take();
        Assert.Equal(["full"], _transport.Sent);
    }

    [Fact]
    public async Task A_closed_buffer_throws_to_those_who_wait_and_to_those_who_come()
    {
        _buffer.TrySend("full");
        var waiting = _buffer.SendAsync("waiting", Cancel).AsTask();
        _buffer.Close(() => new("c1", new(WebSocketCloseStatus.NormalClosure, null, CloseCause.ServerClosed)));

        Assert.Equal("c1", (await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting)).ConnectionId);
        await Assert.ThrowsAsync<ConnectionClosedException>(() => _buffer.SendAsync("late", Cancel).AsTask());
        Assert.False(_buffer.TrySend("late"));
    }

    /// <summary>Memory of a pool that was given back before it was sent.</summary>
    private sealed class GoneMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(1);

        public override Span<byte> GetSpan() => throw new ObjectDisposedException(nameof(GoneMemory));

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }

    private sealed class FailingEncoder : IMessageEncoder<string>
    {
        public WebSocketMessageType Encode(string message, IBufferWriter<byte> output)
        {
            MessageCodecs.Text.Encode(message, output);
            return message == "bad" ? throw new NotSupportedException() : WebSocketMessageType.Text;
        }
    }

    private sealed class SendingEncoder : IMessageEncoder<string>
    {
        public SendBuffer<string>? Buffer { get; set; }

        public WebSocketMessageType Encode(string message, IBufferWriter<byte> output)
        {
            MessageCodecs.Text.Encode(message[..2], output);
            if (message == "outer")
                Buffer!.TrySend("inner");

            return MessageCodecs.Text.Encode(message[2..], output);
        }
    }

    private sealed class BlockingEncoder : IMessageEncoder<string>
    {
        public TaskCompletionSource Blocks { get; private set; } = new();

        public TaskCompletionSource GoOn { get; private set; } = new();

        public void Reset() => (Blocks, GoOn) = (new(), new());

        public WebSocketMessageType Encode(string message, IBufferWriter<byte> output)
        {
            if (message == "blocked")
            {
                Blocks.SetResult();
                GoOn.Task.Wait(Cancel);
            }

            return MessageCodecs.Text.Encode(message, output);
        }
    }
}
