using System.Buffers;
using System.Net.WebSockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Clients that ask for much, and moments in which much happens at once.</summary>
public class FrameTransportFaultTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_pings_without_end_does_not_keep_the_thread_of_who_begins_to_read()
    {
        await using var stream = new PingingStream();
        await using var transport = new FrameTransport(stream, stream.Stop, Limits.Wide);
        var beginning = Task.Run(() => new { Reading = transport.ReadAsync().AsTask() }, Ct);

        await Task.WhenAny(beginning, Task.Delay(TimeSpan.FromSeconds(10), Ct));
        var hasBegun = beginning.IsCompleted;
        stream.Stop();

        Assert.Equal(TransportReadKind.Lost, (await (await beginning).Reading).Kind);
        Assert.True(hasBegun);
    }

    [Fact]
    public async Task No_pong_follows_the_close_frame_when_both_are_asked_for_while_a_message_is_compressed()
    {
        var large = new byte[32 * 1024 * 1024]; // takes long, and becomes small
        for (var i = 0; i < 5; i++)
        {
            await using var connection = new InMemoryConnection(deflate: new());
            var sending = Task.Run(() => connection.Transport.Post(WebSocketMessageType.Binary, large), Ct);
            SpinWait.SpinUntil(() => connection.Transport.Output.IsSending || sending.IsCompleted, Patience.Long);
            await connection.SendAsync(ClientFrame.Ping(1), ClientFrame.Text("after the ping"));
            await connection.Transport.ReadAsync();

            connection.Transport.SendClose((WebSocketCloseStatus)1000, null);

            await sending;
            Assert.Null(await connection.Transport.OutputCompletion);
            Assert.Equal(new byte[] { 0x88, 2, 0x03, 0xE8 }, connection.TakeReceived()![^4..]);
        }
    }

    [Fact]
    public async Task A_shared_message_is_framed_outside_the_lock()
    {
        await using var connection = new InMemoryConnection();
        using var payload = new WatchedMemory("shared"u8.ToArray())
        {
            Read = () => Assert.False(connection.Transport.OutputLock.IsHeldByCurrentThread),
        };
        var message = new SharedMessage(WebSocketMessageType.Text, payload.Memory);
        lock (connection.Transport.OutputLock)
            connection.Transport.Append(new OutputSegment(message, mayCompress: true));

        connection.Transport.Flush();

        Assert.Equal("shared", (await connection.ReceiveAsync()).Text);
    }

    /// <summary>Always has pings.</summary>
    private sealed class PingingStream : MemoryStream
    {
        private static readonly byte[] Pings = [.. Enumerable.Repeat(ClientFrame.Ping(), 100).SelectMany(static ping => ping)];
        private volatile bool _hasStopped;

        public void Stop() => _hasStopped = true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasStopped || buffer.IsEmpty)
                return new(0);

            var count = Math.Min(Pings.Length, buffer.Length / ClientFrame.Ping().Length * ClientFrame.Ping().Length);
            Pings.AsSpan(0, count).CopyTo(buffer.Span);
            return new(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }

    /// <summary>Tells when it is read.</summary>
    private sealed class WatchedMemory(byte[] bytes) : MemoryManager<byte>
    {
        public Action? Read { get; init; }

        public override Span<byte> GetSpan()
        {
            Read?.Invoke();
            return bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
