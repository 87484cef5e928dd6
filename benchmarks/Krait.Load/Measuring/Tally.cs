using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>What all turns of a contender with one workload come to.</summary>
internal sealed class Tally : IDisposable
{
    private readonly ServerProcess _server;
    private readonly LoadLoop _load;
    private readonly List<Turn> _turns = [];
    private long _answersBefore;
    private long _allocatedBefore;

    public Tally(ServerProcess server, Workload workload)
    {
        _server = server;
        _load = new(server.Port, server.Contender.Talk(workload), workload);
    }

    public string Name => _server.Contender.Name;

    /// <summary>How long answers took in the measured part of the turns.</summary>
    public LatencyHistogram Latency => _load.Latency;

    /// <summary>Messages per second, the median of the turns.</summary>
    public double Rate => Median(_turns.Select(turn => turn.Rate));

    /// <summary>Microseconds of the server's processor time per message, the median of the turns.</summary>
    public double Cpu => Median(_turns.Select(turn => turn.Cpu));

    /// <summary>Bytes per message, all that the process allocated in all turns.</summary>
    public double Allocated => (double)(_server.Ask(ServerProgram.Allocated) - _allocatedBefore) / (_load.Answers - _answersBefore);

    public void WarmUp(TimeSpan span)
    {
        _load.Run(span);
        _load.Rest();
        _answersBefore = _load.Answers;
        _allocatedBefore = _server.Ask(ServerProgram.Allocated);
    }

    public void TakeTurn(TimeSpan settling, TimeSpan span) => _turns.Add(Turn.Measure(_load, _server, settling, span));

    /// <summary>How many times the messages of another get through; null if there is no other.</summary>
    public double? RateOver(Tally? other) => Compare(other, static (own, others) => own.Rate / others.Rate);

    /// <summary>How many times the messages of another get through in the same processor time; null if there is no other.</summary>
    public double? ThriftOver(Tally? other) => Compare(other, static (own, others) => others.Cpu / own.Cpu);

    public void Dispose() => _load.Dispose();

    // The ratio of each round by itself, since a machine that others share is not as fast in the next.
    private double? Compare(Tally? other, Func<Turn, Turn, double> ratio) => other is null ? null : Median(_turns.Zip(other._turns, ratio));

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
