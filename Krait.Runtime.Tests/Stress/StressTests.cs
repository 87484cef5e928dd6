using System.Diagnostics;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;

namespace Krait.Runtime.Tests.Stress;

/// <summary>Runs by itself: other tests would rent from the same pools.</summary>
[CollectionDefinition(nameof(StressTests), DisableParallelization = true)]
public sealed class RunsAlone;

/// <summary>Random clients on real sockets: whatever they do, what was received is handled, once and in order, and nothing is left.</summary>
[Collection(nameof(StressTests))]
[Trait("Category", "Slow")]
public class StressTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Nothing_received_is_lost_and_nothing_is_left()
    {
        using var pools = new PoolBalance();
        var clock = Stopwatch.StartNew();
        var rounds = 0;
        for (var seed = Environment.TickCount; clock.Elapsed < Duration; seed++, rounds++)
            Assert.InRange(await StressRound.RunAsync(seed), 1, int.MaxValue);

        // Each thread that has encoded a message keeps one array for the next. Loops of Krait.Sockets end with their application.
        var loops = TestedTransport.IsSockets ? rounds * Environment.ProcessorCount : 0;
        await Patience.Until(() => pools.Outstanding <= ThreadPool.ThreadCount + Environment.ProcessorCount + loops);
    }
}
