namespace Krait.Controllers;

/// <summary>Runs the handlers of one connection one after another, in the order of their causes, without a lock over user code.</summary>
/// <remarks>Thread-safe. Whoever begins owns the sequence until it finds nothing more to take.</remarks>
/// <typeparam name="T">What waits for its turn.</typeparam>
internal sealed class HandlerSequence<T>
{
    private readonly Lock _gate = new();
    private Queue<T>? _waiting;
    private TaskCompletionSource? _idle;
    private bool _busy;

    /// <summary>Takes the sequence if nothing runs.</summary>
    public bool TryBegin()
    {
        lock (_gate)
            return !_busy && (_busy = true);
    }

    /// <summary>Takes the sequence if nothing runs, else puts the item in line.</summary>
    /// <returns>True if the caller owns the sequence now and handles the item itself.</returns>
    public bool TryBeginOrEnqueue(in T item)
    {
        lock (_gate)
        {
            if (!_busy)
                return _busy = true;

            (_waiting ??= new()).Enqueue(item);
            return false;
        }
    }

    /// <summary>Gives the owner what is next in line, or ends its ownership.</summary>
    public bool TryTakeNext(out T? item)
    {
        lock (_gate)
        {
            if (_waiting is not null && _waiting.TryDequeue(out item))
                return true;

            _busy = false;
            _idle?.TrySetResult();
            _idle = null;
            item = default;
            return false;
        }
    }

    /// <summary>Completes when nothing runs and nothing is in line.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return _busy
                ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }
}
