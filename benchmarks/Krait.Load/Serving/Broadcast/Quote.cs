using System.Diagnostics;

namespace Krait.Load.Serving;

/// <summary>A price, which the next one of the same symbol makes worthless.</summary>
/// <param name="Symbol">Which symbol.</param>
/// <param name="Number">Grows by one with each quote of any symbol.</param>
/// <param name="At">When it was due, by the clock that all processes of a machine share: see <see cref="Stopwatch"/>.</param>
[WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Symbol))]
public sealed record Quote(string Symbol, int Number, long At)
{
    public const int Symbols = 1000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Symbols).Select(i => $"S{i:D3}")];

    /// <summary>Makes the quote of that number: symbols take turns.</summary>
    public static Quote Make(int number, long at) => new(Names[number % Symbols], number, at);
}
