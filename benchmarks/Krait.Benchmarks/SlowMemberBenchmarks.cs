using BenchmarkDotNet.Attributes;

namespace Krait.Benchmarks;

/// <summary>
/// A message is sent to a room of 1,000 members that read nothing, and for whom as much waits as may: only references
/// change. For each member.
/// </summary>
public class SlowMemberBenchmarks
{
    // Enough to fill what a member may have in its send buffer, and its ring.
    private const int Filling = 400;
    private const int Symbols = 50;

    private readonly IRoom<Price> _conflating = RoomMembers.Fill(new(), stall: true);
    private readonly IRoom<Price> _dropping =
        RoomMembers.Fill(new(), stall: true, new() { WhenSlow = SlowReaderPolicy.DropOldest });

    private readonly Price[] _prices = [.. Enumerable.Range(0, Symbols).Select(i => new Price($"S{i}", new('x', 128)))];
    private int _next;

    [GlobalSetup]
    public void Stall()
    {
        for (var i = 0; i < Filling; i++)
        {
            Conflate();
            DropOldest();
        }
    }

    /// <summary>The message takes the place of the one that waits with its key.</summary>
    [Benchmark(OperationsPerInvoke = RoomMembers.Count)]
    public void Conflate() => _conflating.Send(Next());

    /// <summary>The oldest message goes, and the new one takes the last place.</summary>
    [Benchmark(OperationsPerInvoke = RoomMembers.Count)]
    public void DropOldest() => _dropping.Send(Next());

    private Price Next() => _prices[_next = (_next + 1) % Symbols];
}
