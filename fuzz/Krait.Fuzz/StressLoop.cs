using System.Diagnostics;
using Krait.Runtime.Tests.Stress;

namespace Krait.Fuzz;

/// <summary>The stress test for as long as you like.</summary>
internal static class StressLoop
{
    public static async Task<int> RunAsync(TimeSpan duration, int seed)
    {
        using var pools = new PoolBalance();
        Console.WriteLine($"seed {seed}, {duration.TotalMinutes} minutes of random clients");
        var clock = Stopwatch.StartNew();
        for (var (rounds, connections) = (1, 0); clock.Elapsed < duration; rounds++)
        {
            try
            {
                connections += await StressRound.RunAsync(seed++);
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync($"Round {rounds} failed.\n{e}");
                return 1;
            }

            if (rounds % 20 == 0)
                Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {rounds} rounds, {connections} connections, {pools.Outstanding} buffers out");
        }

        return 0;
    }
}
