using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>What many figures come to, and how tables write one.</summary>
internal static class Figures
{
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Writes a figure the same way everywhere; nothing if there is none.</summary>
    public static string Format(string format, double? value) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
