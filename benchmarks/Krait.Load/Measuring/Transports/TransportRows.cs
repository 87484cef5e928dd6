namespace Krait.Load.Measuring;

/// <summary>Measures what Krait.Sockets changes, and prints a table for each row.</summary>
internal static class TransportRows
{
    /// <summary>The rows by their names.</summary>
    public static OrderedDictionary<string, Func<TransportOptions, IEnumerable<Table>>> All { get; } = new()
    {
        ["tls"] = static options => [SecureEchoes.Measure(options)],
        ["http"] = PlainRequests.Measure,
        ["loops"] = static options => [BusyLoops.Measure(options)],
        ["blocked"] = static options => [BlockedHandler.Measure(options)],
        ["idle"] = static options => [IdleWorkingSet.Measure(options)],
    };

    public static void Run(TransportOptions options)
    {
        Console.WriteLine(Pinning.Says);
        Console.WriteLine();
        foreach (var row in options.Rows)
        {
            Console.Error.WriteLine(row);
            foreach (var table in All[row](options))
                Console.WriteLine(table);
        }
    }
}
