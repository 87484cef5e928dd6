namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>sockets</c>.</summary>
internal sealed record TransportOptions
{
    public const string Usage = """
          Krait.Load sockets [options]         Krait.Sockets next to Kestrel's transport, as it is and tuned

          --rows tls,http,...            what to measure; all of it if it is not given:
                                           tls      echoes over wss
                                           http     small GET requests on connections that are kept, one or 16 at a time
                                           loops    many busy connections, not pinned, with 1 loop and 2
                                           blocked  delay of echoes while the handler of another connection blocks again and again
                                           idle     working set of an idle connection
          --starts N                     how often all servers are started anew (tls, http, loops); 1
          --turns N                      how often each contender has its turn after each start (tls, http, loops); 20
          --seconds S                    how long a turn is measured (tls, http, loops); 0.1
          --warm-up S                    how long each contender warms up after each start, at the most (tls, http, loops); 8
          --rounds N                     how often each contender has its turn (blocked), or a process of its own (idle); 5 and 3
          --span S                       how long each round lasts (blocked); 2
          --busy N                       busy connections (loops); 1000
          --idle N                       idle connections (idle); 4000: ulimit -n counts for each process
          --quick                        a few seconds in all: shows that it works, and nothing else
        """;

    public IReadOnlyList<string> Rows { get; private init; } = [.. TransportRows.All.Keys];

    public int Starts { get; private init; } = 1;

    /// <summary>The turns after each start.</summary>
    public Alternation Turns { get; private init; } = new(Turns: 20, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(8));

    public TimeSpan Span { get; private init; } = TimeSpan.FromSeconds(2);

    public int Busy { get; private init; } = 1000;

    public int Idle { get; private init; } = 4000;

    private int? Rounds { get; init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static TransportOptions Parse(IEnumerable<string> arguments) =>
        CommandLine.Read(arguments, new TransportOptions(), static options => options.Quick(), With);

    /// <summary>The rounds of a row.</summary>
    public int RoundsOr(int usual) => Rounds ?? usual;

    private static TransportOptions With(TransportOptions options, string name, string value) => name switch
    {
        "--rows" => options with { Rows = Names(value) },
        "--starts" => options with { Starts = CommandLine.Number(value) },
        "--turns" => options with { Turns = options.Turns with { Turns = CommandLine.Number(value) } },
        "--seconds" => options with { Turns = options.Turns with { TurnLength = CommandLine.Seconds(value) } },
        "--warm-up" => options with { Turns = options.Turns with { WarmUp = CommandLine.Seconds(value) } },
        "--rounds" => options with { Rounds = CommandLine.Number(value) },
        "--span" => options with { Span = CommandLine.Seconds(value) },
        "--busy" => options with { Busy = CommandLine.Number(value) },
        "--idle" => options with { Idle = CommandLine.Number(value) },
        _ => throw CommandLine.Unknown(name),
    };

    private static string[] Names(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(names, static name => !TransportRows.All.ContainsKey(name)) is { } unknown
            ? throw new FormatException($"There is no row '{unknown}'.")
            : names;
    }

    private TransportOptions Quick() => this with
    {
        Turns = new(Turns: 2, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.2)),
        Rounds = 1,
        Span = TimeSpan.FromSeconds(0.3),
        Busy = 50,
        Idle = 50,
    };
}
