namespace Krait.Controllers;

/// <summary>The streams that handlers returned and that go on beside them. Thread-safe.</summary>
/// <param name="limit">How many may run at once.</param>
/// <param name="failed">Takes what a stream throws.</param>
/// <param name="stopping">Frees who waits for a place.</param>
internal sealed class ReplyStreams(int limit, Func<Exception, Task> failed, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private Queue<TaskCompletionSource>? _waiting;
    private TaskCompletionSource? _idle;
    private int _places;
    private int _running;

    /// <summary>Starts a stream when there is a place for it; drops it if the connection stops before.</summary>
    public async ValueTask StartAsync(Func<Task> stream)
    {
        if (TryEnter() is { } place && !await EnterAsync(place).ConfigureAwait(false))
            return;

        _ = RunAsync(stream);
    }

    /// <summary>Completes when no stream runs.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return _running == 0
                ? Task.CompletedTask
                : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private TaskCompletionSource? TryEnter()
    {
        lock (_gate)
        {
            if (_places < limit)
            {
                _places++;
                return null;
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_waiting ??= new()).Enqueue(place);
            return place;
        }
    }

    private async ValueTask<bool> EnterAsync(TaskCompletionSource place)
    {
        using var registration = stopping.UnsafeRegister(static place => ((TaskCompletionSource)place!).TrySetCanceled(), place);
        await ((Task)place.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return place.Task.IsCompletedSuccessfully;
    }

    private async Task RunAsync(Func<Task> stream)
    {
        lock (_gate)
            _running++;

        try
        {
            await stream().ConfigureAwait(false);
            Leave();
        }
        catch (Exception e)
        {
            Leave(); // first: what answers the failure may be a stream that needs the place
            await failed(e).ConfigureAwait(false);
        }

        End();
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_waiting is not null && _waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                    return; // the place passes on
            }

            _places--;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_running == 0)
            {
                _idle?.TrySetResult();
                _idle = null;
            }
        }
    }
}
