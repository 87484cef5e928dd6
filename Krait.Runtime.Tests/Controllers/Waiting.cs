namespace Krait.Runtime.Tests.Controllers;

/// <summary>Waiting for what has no signal of its own.</summary>
internal static class Waiting
{
    /// <summary>Completes when the token fires.</summary>
    public static async Task WaitAsync(this CancellationToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(fired.SetResult);
        await fired.Task;
    }

    /// <summary>Completes when the condition holds; fails after half a minute.</summary>
    public static async Task Until(this SessionProbe probe, Func<bool> condition)
    {
        _ = probe;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>Moves the probe's clock until a task completes, since timers may be set after the first move.</summary>
    public static async Task Moves(this SessionProbe probe, TimeSpan time, Task until)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!until.IsCompleted)
        {
            probe.Time.Advance(time);
            await Task.WhenAny(until, Task.Delay(20, deadline.Token));
            deadline.Token.ThrowIfCancellationRequested();
        }

        await until;
    }
}
