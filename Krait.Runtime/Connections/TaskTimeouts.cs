namespace Krait.Connections;

/// <summary>Waiting for tasks that may take too long.</summary>
internal static class TaskTimeouts
{
    /// <summary>Waits for a task, whatever its outcome.</summary>
    /// <returns>True if it completed, false if the timeout came first.</returns>
    public static async ValueTask<bool> CompletesWithinAsync(this Task task, TimeSpan timeout, TimeProvider time)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return task.IsCompleted;
    }

    /// <summary>Waits for a task, whatever its outcome.</summary>
    /// <returns>True if it completed, false if the deadline came first.</returns>
    public static async ValueTask<bool> CompletesBeforeAsync(this Task task, CancellationToken deadline)
    {
        if (!task.IsCompleted)
            await task.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        return task.IsCompleted;
    }
}
