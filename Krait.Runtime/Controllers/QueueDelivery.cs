using Krait.Connections;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Queue delivery: messages are decoded into a queue, from which [Run] pulls them.</summary>
internal sealed class QueueDelivery(
    HandlerTable handlers,
    HandlerCalls calls,
    HandlerTurns turns,
    ReceiveBudget budget,
    ConnectionLifetime lifetime) : IMessageDelivery
{
    private readonly IReceiveQueue _queue = handlers.Queue!;

    public ValueTask DeliverAsync(in TransportRead read)
    {
        try
        {
            handlers.Enqueue(read.Type, read.Payload);
        }
        catch (Exception e)
        {
            var length = read.Payload.Length;
            budget.Add(length);
            _ = RefuseAsync(InvalidMessages.Of(e), length);
        }

        return budget.WaitForRoomAsync();
    }

    public ValueTask DeliverLaterAsync(in TransportRead read) => DeliverAsync(read);

    public void EndRead()
    {
    }

    public void EndBatch()
    {
    }

    public void Complete() => _queue.Complete();

    public void LiftBudget() => budget.Lift();

    public Task WhenLineEmpty(Task running) => Task.WhenAny(_queue.Emptied, running);

    /// <summary>
    /// A controller that comes back for more and finds nothing has handled its last message. One that does not come back gets
    /// the same time as handlers.
    /// </summary>
    public async Task WhenHandled(Task running)
    {
        await Task.WhenAny(_queue.EndSeen, running).ConfigureAwait(false);
        await turns.WhenIdle().ConfigureAwait(false);
    }

    private async Task RefuseAsync(Exception error, int length)
    {
        try
        {
            await turns.CallAsync(JudgeAsync).ConfigureAwait(false);
        }
        finally
        {
            budget.Remove(length);
        }

        async ValueTask JudgeAsync()
        {
            if (!lifetime.DropsLine)
                await calls.FailAsync(
                    HandlerKind.OnMessage, error, (error as InvalidMessageException)?.Partial).ConfigureAwait(false);
        }
    }
}
