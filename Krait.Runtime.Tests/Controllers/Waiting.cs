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

    /// <summary>Moves the probe's clock until a condition holds, since timers may be set after the first move.</summary>
    /// <remarks>
    /// Let the condition be the first thing that follows from the deadline, such as its warning, not the end of the connection. What comes after it has
    /// deadlines of its own, and would miss them whenever the machine is slower than the moves.
    /// </remarks>
    public static Task Moves(this SessionProbe probe, TimeSpan time, Func<bool> until) => probe.Until(() =>
    {
        lock (probe.Log)
        {
            if (until())
                return true;

            probe.Time.Advance(time);
            return false;
        }
    });

    /// <summary>Moves the probe's clock until the deadline has passed that is logged; nothing is logged meanwhile.</summary>
    public static Task Warns(this SessionProbe probe, TimeSpan time) => probe.Moves(time, until: () => !probe.Log.Entries.IsEmpty);
}
