namespace Krait.Load.Measuring;

/// <summary>What one turn of a contender came to.</summary>
/// <param name="Rate">Messages per second.</param>
/// <param name="Cpu">Microseconds of the server's processor time per message.</param>
/// <param name="P50">Microseconds.</param>
/// <param name="P99">Microseconds.</param>
/// <param name="Allocated">Bytes per message, all that the process allocated.</param>
internal sealed record Turn(double Rate, double Cpu, double P50, double P99, double Allocated)
{
    /// <summary>The median of each figure.</summary>
    public static Turn Median(IReadOnlyCollection<Turn> turns) => new(
        Median(turns.Select(turn => turn.Rate)), Median(turns.Select(turn => turn.Cpu)), Median(turns.Select(turn => turn.P50)), Median(turns.Select(turn => turn.P99)), Median(turns.Select(turn => turn.Allocated)));

    /// <summary>The median of figures.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
