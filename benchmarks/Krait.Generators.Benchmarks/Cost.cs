using System.Globalization;

namespace Krait.Generators.Benchmarks;

/// <summary>Measures what this process spends; a clock would measure what else the machine does, too.</summary>
/// <param name="rounds">How often each action is measured; the medians are printed.</param>
internal sealed class Cost(int rounds)
{
    /// <summary>Prints what an action costs, and returns the median of its processor time.</summary>
    /// <param name="name">What is printed before the figures.</param>
    /// <param name="prepare">Makes the action's input; not measured.</param>
    /// <param name="action">What is measured.</param>
    public TimeSpan Measure<TInput, TResult>(string name, Func<TInput> prepare, Func<TInput, TResult> action)
    {
        var runs = Enumerable.Range(0, rounds).Select(_ => Run(prepare(), action)).ToList();
        var time = runs.Select(run => run.Time).Order().ElementAt(rounds / 2);
        var bytes = runs.Select(run => run.Bytes).Order().ElementAt(rounds / 2);
        var figures = string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,10:N1} ms {bytes / 1024.0,12:N0} KiB");
        Console.WriteLine($"{name,-46} {figures}");
        return time;
    }

    private static (TimeSpan Time, long Bytes) Run<TInput, TResult>(TInput input, Func<TInput, TResult> action)
    {
        // What was prepared must not be collected at the action's expense.
        GC.Collect(1);
        var (began, before) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        GC.KeepAlive(action(input));
        return (Environment.CpuUsage.TotalTime - began, GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
