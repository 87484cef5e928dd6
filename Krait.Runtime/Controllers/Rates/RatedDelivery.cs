using Krait.Connections;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Delivers the messages that are within their limits. For the others, takes the action of the limit.</summary>
/// <remarks>
/// The reader charges and delivers. If a message must wait, another task takes over: the reader only puts messages in line behind
/// it, and reads on while the line has room, so that pings are answered. When the line is empty, the reader delivers again. So
/// one of the two uses the gate and the delivery below at any time. The lock is the object itself.
/// </remarks>
/// <param name="inner">Delivers the messages that are within the limits.</param>
/// <param name="gate">Charges messages.</param>
/// <param name="refusals">Refuses messages.</param>
/// <param name="lifetime">The phase of the connection.</param>
/// <param name="budget">How many messages may wait for a limit, and how many bytes of them.</param>
/// <param name="time">The clock.</param>
internal sealed class RatedDelivery(
    IMessageDelivery inner,
    RateGate gate,
    RateRefusals refusals,
    ConnectionLifetime lifetime,
    ReceiveBudget budget,
    TimeProvider time) : IMessageDelivery
{
    private readonly Queue<WaitingMessage> _line = new(0);
    private TaskCompletionSource? _lineEmpty;
    private volatile bool _isWaiting; // only the reader sets it
    private RateRule? _over; // refuses the rest of a read: a flood costs less if the clock is read once for all its messages
    private bool _isComplete;

    public ValueTask DeliverAsync(in TransportRead read)
    {
        if (_over is not null)
        {
            refusals.Count(_over);
            return default;
        }

        var taken = 0;
        var isCounted = false;
        if (!_isWaiting)
        {
            if (gate.Charge(read, ref taken, out var retryAfter) is not { } over)
                return inner.DeliverAsync(read);

            if (over.Rate.WhenOver != WhenOver.Wait)
            {
                EndBatch(); // [OnError] comes after the messages before
                refusals.Refuse(over, retryAfter);
                _over = gate.RefusesAll(over) ? over : null;
                return default;
            }

            refusals.Count(over);
            isCounted = true;
        }

        budget.Add(read.Payload.Length);
        Wait(new(read, taken) { IsCounted = isCounted });
        return budget.WaitForRoomAsync();
    }

    public ValueTask DeliverLaterAsync(in TransportRead read) => inner.DeliverLaterAsync(read);

    public void EndRead()
    {
        _over = null;
        inner.EndRead();
    }

    public void EndBatch() => inner.EndBatch();

    public void Complete()
    {
        lock (this)
        {
            _isComplete = true;
            if (_isWaiting)
                return;
        }

        inner.Complete();
    }

    public void LiftBudget()
    {
        budget.Lift();
        inner.LiftBudget();
    }

    public async Task WhenLineEmpty(Task running)
    {
        await WhenNothingWaits().ConfigureAwait(false);
        await inner.WhenLineEmpty(running).ConfigureAwait(false);
    }

    public async Task WhenHandled(Task running)
    {
        await WhenNothingWaits().ConfigureAwait(false);
        await inner.WhenHandled(running).ConfigureAwait(false);
    }

    private Task WhenNothingWaits()
    {
        lock (this)
        {
            return _isWaiting
                ? (_lineEmpty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    private void Wait(WaitingMessage message)
    {
        lock (this)
        {
            if (_isWaiting)
            {
                _line.Enqueue(message);
                return;
            }

            _isWaiting = true;
        }

        EndBatch(); // the turn of the reader must not last longer than its messages
        _ = DeliverWaitingAsync(message);
    }

    private async Task DeliverWaitingAsync(WaitingMessage message)
    {
        do
        {
            try
            {
                await DeliverInTimeAsync(message.Read, message.Taken, message.IsCounted).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                lifetime.TryEnd(HandlerCalls.Failed(e)); // a fault of Krait, which must not leave the connection hanging
            }
            finally
            {
                message.Return();
                budget.Remove(message.Length);
            }
        }
        while (TryTakeNext(out message));
    }

    /// <summary>Delivers a message when it is within the limits. If the connection stops before, drops it.</summary>
    private async ValueTask DeliverInTimeAsync(TransportRead read, int taken, bool isCounted)
    {
        while (!lifetime.DropsLine)
        {
            if (gate.Charge(read, ref taken, out var retryAfter) is not { } over)
            {
                await inner.DeliverLaterAsync(read).ConfigureAwait(false);
                return;
            }

            if (over.Rate.WhenOver != WhenOver.Wait)
            {
                refusals.Refuse(over, retryAfter);
                return;
            }

            if (lifetime.Stopping.IsCancellationRequested)
                return;

            if (!isCounted)
                refusals.Count(over);

            isCounted = true;
            await Task.Delay(WholeMilliseconds(retryAfter), time, lifetime.Stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryTakeNext(out WaitingMessage message)
    {
        bool isComplete;
        TaskCompletionSource? lineEmpty;
        lock (this)
        {
            if (_line.TryDequeue(out message))
                return true;

            _isWaiting = false;
            isComplete = _isComplete;
            (lineEmpty, _lineEmpty) = (_lineEmpty, null);
        }

        if (isComplete)
            inner.Complete();

        lineEmpty?.TrySetResult();
        return false;
    }

    // A timer that fires before the token is there would only have to run again.
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
