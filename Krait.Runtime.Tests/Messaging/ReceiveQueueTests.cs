using Krait.Messaging;

namespace Krait.Runtime.Tests.Messaging;

public sealed class ReceiveQueueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_queue_is_full_when_as_many_messages_wait_as_may()
    {
        var budget = new ReceiveBudget(capacity: 2, bufferSize: 100);
        var queue = new ReceiveQueue<int>(budget);
        queue.Write(1, 1);
        Assert.True(budget.WaitForRoomAsync().IsCompleted);
        queue.Write(2, 1);
        Assert.False(budget.WaitForRoomAsync().IsCompleted);
    }

    [Fact]
    public async Task Reading_a_message_makes_room()
    {
        var budget = new ReceiveBudget(capacity: 10, bufferSize: 100);
        var queue = new ReceiveQueue<int>(budget);
        queue.Write(1, 100);
        var room = budget.WaitForRoomAsync().AsTask();
        Assert.False(room.IsCompleted);
        Assert.True(queue.TryRead(out _));
        await room.WaitAsync(Cancel);
    }

    [Fact]
    public async Task Lifting_the_budget_frees_the_reader_for_ever()
    {
        var budget = new ReceiveBudget(capacity: 1, bufferSize: 1);
        budget.Add(1);
        var room = budget.WaitForRoomAsync().AsTask();
        budget.Lift();
        await room.WaitAsync(Cancel);
        Assert.True(budget.WaitForRoomAsync().IsCompleted);
    }

    [Fact]
    public async Task The_end_is_seen_when_a_reader_comes_back_for_more_and_not_when_it_takes_the_last_message()
    {
        var queue = new ReceiveQueue<int>(new(10, 100));
        queue.Write(1, 1);
        queue.Complete();
        Assert.True(await queue.WaitToReadAsync(Cancel));
        Assert.True(queue.TryRead(out _));
        Assert.False(queue.EndSeen.IsCompleted);
        Assert.False(await queue.WaitToReadAsync(Cancel));
        await queue.EndSeen.WaitAsync(Cancel);
    }

    [Fact]
    public async Task The_end_is_seen_by_a_reader_that_was_waiting()
    {
        var queue = new ReceiveQueue<int>(new(10, 100));
        var waiting = queue.WaitToReadAsync(Cancel).AsTask();
        queue.Complete();
        Assert.False(await waiting);
        await queue.EndSeen.WaitAsync(Cancel);
    }

    [Fact]
    public void The_end_is_seen_by_a_reader_that_polls()
    {
        var queue = new ReceiveQueue<int>(new(10, 100));
        Assert.False(queue.TryRead(out _));
        Assert.False(queue.EndSeen.IsCompleted);
        queue.Complete();
        Assert.False(queue.TryRead(out _));
        Assert.True(queue.EndSeen.IsCompleted);
    }
}
