using System.Diagnostics;

namespace Krait.Controllers;

/// <summary>
/// Runs the handlers of one connection one after another, in the order of their causes. No lock is held during user code.
/// </summary>
/// <remarks>
/// Thread-safe. The thread that begins owns the turn until the line is empty. While no other thread waits, beginning and
/// ending are one atomic step each. A lock guards the line and the tasks that wait for its end. The lock is the object itself,
/// which no other code sees; a separate lock would cost memory in each idle connection.
/// </remarks>
internal sealed class HandlerTurns
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Awaited = 2;

    private Queue<WaitingWork>? _line;
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _lineEmpty;
    private int _state;

    /// <summary>
    /// Whether the owner must look in line, so that it must not keep the turn for messages that may still arrive.
    /// </summary>
    public bool IsAwaited => Volatile.Read(ref _state) == Awaited;

    /// <summary>Takes the turn if nothing runs.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary>Takes the turn and performs the work, or puts it in line.</summary>
    public void Perform(in WaitingWork work)
    {
        if (TryBeginOrEnqueue(work))
            _ = PerformAllAsync(work);
    }

    /// <summary>Calls something when its turn comes; completes when it has returned.</summary>
    public Task CallAsync(Func<ValueTask> call)
    {
        var work = WaitingWork.Call(call);
        Perform(work);
        return work.Performed;
    }

    /// <summary>Ends the turn after performing the work in line. The caller must own the turn.</summary>
    public void Pass()
    {
        if (TryTakeNext(out var next))
            _ = PerformAllAsync(next);
    }

    /// <summary>Completes when nothing runs and nothing is in line.</summary>
    public Task WhenIdle()
    {
        lock (this)
            return TryAwait() ? SourceIn(ref _idle).Task : Task.CompletedTask;
    }

    /// <summary>Completes when nothing is in line. A handler may still run.</summary>
    public Task WhenLineEmpty()
    {
        lock (this)
            return _line is { Count: > 0 } ? SourceIn(ref _lineEmpty).Task : Task.CompletedTask;
    }

    private static TaskCompletionSource SourceIn(ref TaskCompletionSource? place) =>
        place ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Complete(ref TaskCompletionSource? place)
    {
        place?.TrySetResult();
        place = null;
    }

    private async Task PerformAllAsync(WaitingWork work)
    {
        try
        {
            do
                await work.PerformAsync().ConfigureAwait(false);
            while (TryTakeNext(out work));
        }
        catch
        {
            Pass(); // after any fault, else the work in line would wait for ever
            throw;
        }
    }

    private bool TryBeginOrEnqueue(in WaitingWork work)
    {
        lock (this)
        {
            while (!TryAwait())
            {
                if (TryBegin())
                    return true;
            }

            (_line ??= new()).Enqueue(work);
            return false;
        }
    }

    private bool TryTakeNext(out WaitingWork work)
    {
        work = default;
        if (Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy)
            return false;

        lock (this)
        {
            if (_line is not null && _line.TryDequeue(out work))
            {
                if (_line.Count == 0)
                    Complete(ref _lineEmpty);

                return true;
            }

            Volatile.Write(ref _state, Idle);
            Complete(ref _idle);
            return false;
        }
    }

    // Makes the owner look in line before it ends; false if there is none.
    private bool TryAwait()
    {
        Debug.Assert(Monitor.IsEntered(this), "The lock guards the line.");
        return Interlocked.CompareExchange(ref _state, Awaited, Busy) != Idle;
    }
}
