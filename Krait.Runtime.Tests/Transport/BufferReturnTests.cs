using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Buffers go back to their pool, large ones too, as soon as a connection needs them no more.</summary>
/// <remarks>A pool gives a thread the array that it has returned last, so a rent right after a return shows which array that was.</remarks>
public class BufferReturnTests
{
    private const int Large = 1024 * 1024;

    [Theory]
    [InlineData(32)]
    [InlineData(Large)]
    public async Task What_was_received_into_goes_back_when_nothing_comes(int size)
    {
        await using var connection = new InMemoryConnection();
        await connection.SendAsync(ClientFrame.Binary(new byte[size]));
        var array = ArrayOf((await connection.Transport.ReadAsync()).Payload);

        var next = connection.Transport.ReadAsync();

        AssertReturned(array);
        await EndAsync(connection, next);
    }

    [Fact]
    public async Task What_was_received_into_is_kept_for_whoever_holds_the_payload()
    {
        await using var connection = new InMemoryConnection();
        await connection.SendAsync(ClientFrame.Binary(new byte[Large]));
        var array = ArrayOf((await connection.Transport.ReadAsync()).Payload);
        var held = connection.Transport.DetachPayload();
        var next = connection.Transport.ReadAsync();

        Assert.NotSame(array, ArrayPool<byte>.Shared.Rent(array.Length));
        held.Dispose();

        AssertReturned(array);
        await EndAsync(connection, next);
    }

    [Fact]
    public async Task What_a_large_message_was_received_into_goes_back_though_half_of_a_small_one_follows()
    {
        await using var connection = new InMemoryConnection();
        await connection.SendAsync([.. ClientFrame.Binary(new byte[Large]), .. ClientFrame.Text("small")[..8]]);
        var array = ArrayOf((await connection.Transport.ReadAsync()).Payload);

        var next = connection.Transport.ReadAsync();

        AssertReturned(array);
        await connection.SendAsync(ClientFrame.Text("small")[8..]);
        var small = await next;
        Assert.Equal("small"u8, small.Payload.Span);
    }

    [Fact]
    public async Task What_was_inflated_into_goes_back_when_nothing_comes()
    {
        await using var connection = new InMemoryConnection(deflate: new());
        await connection.SendAsync([0xC2, .. ClientFrame.Binary(Deflated.Of(new byte[Large]))[1..]]);
        var array = ArrayOf((await connection.Transport.ReadAsync()).Payload);

        var next = connection.Transport.ReadAsync();

        AssertReturned(array);
        await EndAsync(connection, next);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(Large)]
    public async Task What_was_sent_from_goes_back_when_it_has_left(int size)
    {
        await using var connection = new InMemoryConnection();
        connection.Append(WebSocketMessageType.Binary, new byte[size]);

        connection.Transport.Flush();

        AssertReturned(ArrayOf(connection.Stream.LastWritten));
    }

    [Fact]
    public async Task What_waits_to_be_sent_goes_back_when_the_connection_is_lost()
    {
        await using var connection = new InMemoryConnection();
        var array = ArrayPool<byte>.Shared.Rent(Large);
        lock (connection.Transport.OutputLock)
            Assert.True(connection.Transport.Append(new OutputSegment(array, 0, Large)));

        connection.Transport.Abort();

        AssertReturned(array);
    }

    private static void AssertReturned(byte[] array) => Assert.Same(array, ArrayPool<byte>.Shared.Rent(array.Length));

    private static byte[] ArrayOf(ReadOnlyMemory<byte> memory) => MemoryMarshal.TryGetArray(memory, out var part) ? part.Array! : throw new InvalidOperationException();

    private static async Task EndAsync(InMemoryConnection connection, ValueTask<TransportRead> reading)
    {
        connection.Finish();
        await reading;
    }
}
