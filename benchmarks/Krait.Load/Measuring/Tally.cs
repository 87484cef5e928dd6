using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>What all turns of a contender with one workload come to.</summary>
internal sealed class Tally(Contender contender)
{
    private readonly List<Turn> _turns = [];

    public string Name => contender.Name;

    /// <summary>Whether it is there to be compared with.</summary>
    public bool IsBuiltElsewhere => contender.Program is not null;

    /// <summary>How long answers took in the measured part of the turns.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Messages per second, the median of the turns.</summary>
    public double Rate => Figures.Median(_turns.Select(turn => turn.Rate));

    /// <summary>Microseconds of the server's processor time per message, the median of the turns.</summary>
    public double Cpu => Figures.Median(_turns.Select(turn => turn.Cpu));

    /// <summary>Bytes per message, all that the process allocated; the median of the turns.</summary>
    public double Allocated => Figures.Median(_turns.Select(turn => turn.Allocated));

    /// <summary>Adds a turn.</summary>
    /// <param name="turn">What it came to.</param>
    /// <param name="latency">How long its answers took; emptied. Null if it was not measured.</param>
    public void Add(Turn turn, LatencyHistogram? latency)
    {
        _turns.Add(turn);
        latency?.MoveTo(Latency);
    }

    /// <summary>How many times the messages of another get through; null if there is no other.</summary>
    public double? RateOver(Tally? other) => Compare(other, static (own, others) => own.Rate / others.Rate);

    /// <summary>How many times the messages of another get through in the same processor time; null if there is no other.</summary>
    public double? ThriftOver(Tally? other) => Compare(other, static (own, others) => others.Cpu / own.Cpu);

    // The ratio of each round by itself, since a machine that others share is not as fast in the next.
    private double? Compare(Tally? other, Func<Turn, Turn, double> ratio) => other is null ? null : Figures.Median(_turns.Zip(other._turns, ratio));
}
