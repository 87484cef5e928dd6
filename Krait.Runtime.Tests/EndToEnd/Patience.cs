using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>How long tests wait for what must happen.</summary>
internal static class Patience
{
    /// <summary>Never reached unless something is wrong, even on a busy machine.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static Task InTime(this Task task) => task.WaitAsync(Long, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Long, TestContext.Current.CancellationToken);

    /// <summary>Says whether a task completes soon; a wrong no is possible where the machine is slow, a wrong yes never.</summary>
    public static async Task<bool> CompletesSoon(this Task task)
    {
        await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        return task.IsCompleted;
    }

    /// <summary>Moves a clock until a task completes: timers may be set only after the first move.</summary>
    public static async Task MoveUntil(this FakeTimeProvider clock, TimeSpan step, Task task)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!task.IsCompleted)
        {
            clock.Advance(step);
            await Task.WhenAny(task, Task.Delay(20, deadline.Token));
            deadline.Token.ThrowIfCancellationRequested();
        }

        await task;
    }

    /// <summary>Waits for what nothing signals.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }

    /// <summary>Waits for what another process must be asked for.</summary>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!await condition())
            await Task.Delay(20, deadline.Token);
    }
}
