using System.Buffers;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public sealed class OutputQueueTests
{
    private readonly OutputQueue _queue = new();

    [Fact]
    public void Small_frames_leave_together()
    {
        Assert.False(Append(100));
        Assert.False(Append(100));

        Assert.Equal(200, Take());
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void A_large_frame_is_not_copied_and_keeps_its_place()
    {
        Append(100);
        Assert.True(Append(OutputQueue.LargestCopied + 1));
        Append(100_000);

        Assert.Equal([100, OutputQueue.LargestCopied + 1, 100_000], [Take(), Take(), Take()]);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void A_shared_message_stays_a_reference_between_frames()
    {
        Append(100);
        var message = new SharedMessage(WebSocketMessageType.Text, "shared"u8.ToArray());
        Assert.True(_queue.Append(new OutputSegment(message, mayCompress: true)));
        Append(100);

        Assert.Equal(100, Take());
        Assert.True(_queue.IsSharedNext);
        Assert.Same(message, _queue.Take().Shared);
        Assert.Equal(100, Take());
    }

    [Fact]
    public void The_first_room_of_a_batch_is_what_the_last_one_took()
    {
        for (var i = 0; i < 300; i++)
            Append(100);

        while (!_queue.IsEmpty)
            Take();

        for (var i = 0; i < 300; i++)
            Append(100);

        Assert.Equal(30_000, Take());
    }

    [Fact]
    public void Small_frames_between_shared_messages_take_little_more_memory_than_is_counted()
    {
        for (var i = 0; i < 100; i++)
        {
            _queue.Append(new OutputSegment(new SharedMessage(WebSocketMessageType.Text, "shared"u8.ToArray()), mayCompress: true));
            Append(20);
        }

        var memory = 0;
        while (!_queue.IsEmpty)
        {
            var segment = _queue.Take();
            memory += segment.Capacity;
            segment.Release();
        }

        Assert.InRange(memory, 100 * 20, 100 * 20 * 8);
    }

    private bool Append(int length)
    {
        var array = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1000));
        var segment = new OutputSegment(array, 0, length);
        var isTaken = _queue.Append(segment);
        if (!isTaken)
            segment.Release();

        return isTaken;
    }

    private int Take()
    {
        var segment = _queue.Take();
        var length = segment.Length;
        segment.Release();
        return length;
    }
}
