namespace Krait.Load.Measuring;

/// <summary>What many figures come to.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
