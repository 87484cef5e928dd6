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
        Median(turns, turn => turn.Rate), Median(turns, turn => turn.Cpu), Median(turns, turn => turn.P50), Median(turns, turn => turn.P99), Median(turns, turn => turn.Allocated));

    private static double Median(IReadOnlyCollection<Turn> turns, Func<Turn, double> figure)
    {
        var sorted = turns.Select(figure).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
