using System.Buffers;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public sealed class OutputBufferTests
{
    private readonly OutputBuffer buffer = new();

    [Fact]
    public void An_encoder_may_say_that_it_wrote_nothing_before_it_asks_for_room()
    {
        buffer.Begin(largestHeader: 10);
        buffer.Advance(0); // as Google.Protobuf does
        buffer.Write("hello"u8);
        buffer.Complete(headerSize: 2).Clear();

        Assert.Equal([0, 0, .. "hello"u8], buffer.Unsent.ToArray());
    }

    [Fact]
    public void An_encoder_cannot_have_written_more_than_there_was_room_for()
    {
        buffer.Begin(largestHeader: 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        var room = buffer.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
    }

    [Fact]
    public void The_first_room_of_a_batch_is_what_the_last_one_took()
    {
        Assert.InRange(RoomAfterBatchOf(30_000), 30_000, 32 * 1024);
        Assert.InRange(RoomAfterBatchOf(100), 1, 4 * 1024);
    }

    [Fact]
    public void A_huge_batch_is_not_expected_again() => Assert.InRange(RoomAfterBatchOf(1_000_000), 1, 64 * 1024);

    private int RoomAfterBatchOf(int size)
    {
        buffer.Begin(largestHeader: 10);
        buffer.Write(new byte[size]);
        buffer.Complete(headerSize: 2);
        buffer.Clear();

        buffer.Begin(largestHeader: 10);
        return buffer.GetMemory().Length;
    }
}
