using Krait.Connections;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>
/// Event delivery: a message is handled at once, on the reader's thread, or waits in line for the handler before it.
/// </summary>
internal sealed class EventDelivery(
    HandlerTable handlers,
    HandlerCalls calls,
    HandlerTurns turns,
    ReceiveBudget budget,
    MessageTransport transport,
    ConnectionLifetime lifetime) : IMessageDelivery
{
    private bool _keepsTurn; // the reader's, from one message of a batch to the next

    public ValueTask DeliverAsync(in TransportRead read)
    {
        if (turns.IsAwaited)
            EndBatch();

        if (_keepsTurn || turns.TryBegin())
        {
            var handling = handlers.HandleAsync(calls, read.Type, read.Payload);
            _keepsTurn = handling.IsCompletedSuccessfully;
            if (!_keepsTurn)
                _ = FinishTurnAsync(handling, handlers.Borrows(read.Type) ? transport.DetachPayload() : null);

            return default;
        }

        return DeliverLaterAsync(read);
    }

    public ValueTask DeliverLaterAsync(in TransportRead read)
    {
        budget.Add(read.Payload.Length);
        turns.Perform(WaitingWork.Message(this, read));
        return budget.WaitForRoomAsync();
    }

    /// <summary>Handles a message that waited in line. The turn is taken.</summary>
    public async ValueTask HandleWaitingAsync(WaitingWork message)
    {
        try
        {
            if (!lifetime.DropsLine)
                await handlers.HandleAsync(calls, message.Type, message.Payload).ConfigureAwait(false);
        }
        finally
        {
            budget.Remove(message.Length);
        }
    }

    public void EndRead()
    {
    }

    public void EndBatch()
    {
        if (!_keepsTurn)
            return;

        _keepsTurn = false;
        turns.Pass();
    }

    public void Complete()
    {
    }

    public void LiftBudget() => budget.Lift();

    public Task WhenLineEmpty(Task running) => turns.WhenLineEmpty();

    public Task WhenHandled(Task running) => turns.WhenIdle();

    private async Task FinishTurnAsync(ValueTask<bool> handling, IDisposable? payload)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        finally
        {
            payload?.Dispose();
            turns.Pass();
        }
    }
}
