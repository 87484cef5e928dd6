namespace Krait.Load.Measuring;

/// <summary>A column of figures.</summary>
/// <param name="Head">What they are.</param>
/// <param name="Format">How one is written.</param>
/// <param name="IsCompared">Whether there is a column of its ratio to the reference too.</param>
internal sealed record FigureColumn(string Head, string Format = "N0", bool IsCompared = false);

/// <summary>Figures of contenders, measured some times each: the table has medians, of the ratios too.</summary>
/// <param name="title">What was measured.</param>
/// <param name="columns">The figures.</param>
internal sealed class Samples(string title, params FigureColumn[] columns)
{
    private readonly List<(string Name, List<double?[]> Turns)> _contenders = [];

    /// <summary>
    /// Adds a contender's figures of one turn, one for each column; null where there is none. The last ones may be left out.
    /// </summary>
    public void Add(string name, params double?[] figures)
    {
        var turns = _contenders.Find(contender => contender.Name == name).Turns;
        if (turns is null)
            _contenders.Add((name, turns = []));

        turns.Add([.. figures, .. new double?[columns.Length - figures.Length]]);
    }

    /// <summary>Measures contenders that are started one after the other, each of them some times.</summary>
    /// <param name="row">What is measured, for who watches.</param>
    /// <param name="starts">How often.</param>
    /// <param name="contenders">The contenders.</param>
    /// <param name="measure">Starts a contender, and returns the figures that <see cref="Add"/> takes.</param>
    public void Collect(
        string row,
        int starts,
        IEnumerable<BroadcastContender> contenders,
        Func<BroadcastContender, double?[]> measure)
    {
        for (var start = 1; start <= starts; start++)
        {
            foreach (var contender in contenders)
            {
                Console.Error.WriteLine($"{row}: start {start} of {starts}, {contender.Name}");
                Add(contender.Name, measure(contender));
            }
        }
    }

    /// <summary>Makes the table.</summary>
    /// <param name="reference">Whom the others are compared with.</param>
    public Table ToTable(string reference)
    {
        var others = _contenders.Find(contender => contender.Name == reference).Turns ?? [];
        var compared = columns.Index().Where(column => column.Item.IsCompared).ToList();
        var table = new Table(
            [title, .. columns.Select(column => column.Head), .. compared.Select(column => $"{column.Item.Head} x {reference}")]);
        foreach (var (name, turns) in _contenders)
        {
            table.Add(
            [
                name,
                .. columns.Select((column, i) => Figures.Format(column.Format, Median(turns.Select(turn => turn[i])))),
                .. compared.Select(column => Figures.Format("N2", Median(Ratios(turns, others, column.Index)))),
            ]);
        }

        return table;
    }

    // The ratio of each turn by itself, since a machine that others share is not as fast in the next.
    private static IEnumerable<double?> Ratios(List<double?[]> turns, List<double?[]> others, int column) =>
        turns.Zip(others, (own, other) => other[column] is { } divisor and not 0 ? own[column] / divisor : null);

    private static double? Median(IEnumerable<double?> figures)
    {
        var known = figures.OfType<double>().ToList();
        return known.Count == 0 ? null : Figures.Median(known);
    }
}
