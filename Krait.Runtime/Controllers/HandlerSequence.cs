namespace Krait.Controllers;

/// <summary>Runs the handlers of one connection one after another, in the order of their causes, without a lock over user code.</summary>
/// <remarks>
/// Thread-safe. Whoever begins owns the sequence until it finds nothing more to take. As long as nobody waits, beginning and ending are one atomic step each;
/// a lock guards the line and who waits for its end. It is the object's own, which nobody else sees: each idle connection has one.
/// </remarks>
/// <typeparam name="T">What waits for its turn.</typeparam>
internal sealed class HandlerSequence<T>
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Awaited = 2;

    private Queue<T>? _waiting;
    private TaskCompletionSource? _idle;
    private int _state;

    /// <summary>Whether somebody waits for the owner to look in line, so that it should not keep the sequence for what may come.</summary>
    public bool IsAwaited => Volatile.Read(ref _state) == Awaited;

    /// <summary>Takes the sequence if nothing runs.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Busy, Idle) == Idle;

    /// <summary>Takes the sequence if nothing runs, else puts the item in line.</summary>
    /// <returns>True if the caller owns the sequence now and handles the item itself.</returns>
    public bool TryBeginOrEnqueue(in T item)
    {
        lock (this)
        {
            while (!TryAwait())
            {
                if (TryBegin())
                    return true;
            }

            (_waiting ??= new()).Enqueue(item);
            return false;
        }
    }

    /// <summary>Gives the owner what is next in line, or ends its ownership.</summary>
    public bool TryTakeNext(out T? item)
    {
        item = default;
        if (Interlocked.CompareExchange(ref _state, Idle, Busy) == Busy)
            return false;

        lock (this)
        {
            if (_waiting is not null && _waiting.TryDequeue(out item))
                return true;

            Volatile.Write(ref _state, Idle);
            _idle?.TrySetResult();
            _idle = null;
            return false;
        }
    }

    /// <summary>Completes when nothing runs and nothing is in line.</summary>
    public Task WhenIdle()
    {
        lock (this)
        {
            return TryAwait()
                ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Makes the owner look in line before it ends; false if there is none. The lock must be held.</summary>
    private bool TryAwait() => Interlocked.CompareExchange(ref _state, Awaited, Busy) != Idle;
}
