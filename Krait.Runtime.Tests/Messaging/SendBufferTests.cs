using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
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
        _transport.OutputAdvanced = _buffer.Advance;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void One_message_may_overshoot_and_the_next_finds_no_room()
    {
        Assert.True(_buffer.TrySend("0123456789"));
        Assert.False(_buffer.TrySend("x"));
    }

    [Fact]
    public async Task Who_finds_no_room_waits_and_is_served_in_order()
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
    public async Task Who_waits_while_a_batch_is_held_back_is_served_all_the_same()
    {
        _transport.Cork();
        _buffer.TrySend("full");
        var first = _buffer.SendAsync("first", Cancel).AsTask();
        var second = _buffer.SendAsync("second", Cancel).AsTask();

        _transport.Take();
        await first;
        _transport.Take();
        await second;

        Assert.Equal(["full", "first"], _transport.Sent);
    }

    [Fact]
    public async Task Who_waits_when_the_output_is_lost_is_not_told_that_the_message_was_sent()
    {
        _buffer.TrySend("full");
        var waiting = _buffer.SendAsync("waits", Cancel).AsTask();
        _transport.Abort();
        _buffer.Advance();
        Assert.False(waiting.IsCompleted);
        _buffer.Close(() => new("c1", new((WebSocketCloseStatus)1006, null, CloseCause.SendTimeout)));
        await Assert.ThrowsAsync<ConnectionClosedException>(() => waiting);
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
    public void Bytes_that_are_gone_when_they_are_sent_leave_nothing_behind()
    {
        _transport.Cork();
        _buffer.TrySend("a");
        var array = ArrayOfOutput();

        Assert.Throws<ObjectDisposedException>(() => _buffer.TrySend(Encoded<string>.FromBytes(null, WebSocketMessageType.Text, new GoneMemory().Memory), null));
        _transport.Abort();

        Assert.Same(array, ArrayPool<byte>.Shared.Rent(array.Length)); // the pool has it back
    }

    [Fact]
    public void What_follows_bytes_that_were_gone_arrives_whole()
    {
        _transport.Cork();
        _transport.Taking = true;
        _buffer.TrySend("a");
        Assert.Throws<ObjectDisposedException>(() => _buffer.TrySend(Encoded<string>.FromBytes(null, WebSocketMessageType.Text, new GoneMemory().Memory), null));
        _buffer.TrySend("b");
        _transport.Uncork();

        Assert.Equal(["a", "b"], _transport.Sent);
    }

    [Fact]
    public async Task An_encoder_that_sends_is_told_not_to()
    {
        var encoder = new SendingEncoder();
        encoder.Buffer = new(_transport, encoder, 100);
        await Assert.ThrowsAsync<InvalidOperationException>(() => encoder.Buffer.SendAsync("x", Cancel).AsTask());
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

    private byte[] ArrayOfOutput()
    {
        lock (_transport.OutputLock)
        {
            MemoryMarshal.TryGetArray<byte>(_transport.BeginMessage().GetMemory(), out var memory);
            _transport.DiscardMessage();
            return memory.Array!;
        }
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
            Buffer!.TrySend("another");
            return WebSocketMessageType.Text;
        }
    }
}
