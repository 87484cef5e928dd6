namespace Krait.Load.Measuring;

/// <summary>What the command line asks of <c>flood</c>.</summary>
internal sealed record FloodOptions
{
    public const string Usage = """
          Krait.Load flood [options]           a client that sends a million messages where 20 a second are allowed

          --messages N                   messages of the flood; 1000000
          --rounds N                     how often each limit has its turn; 7
          --echoes N                     other connections, of which each sends ten messages a second; 100
          --seconds S                    how long their answers are timed in each turn; 3
          --rate N                       messages per second of the flood meanwhile, where that is not as many as it can; 1000000
          --quick                        a few seconds in all: shows that it works, and nothing else
        """;

    public int Messages { get; private init; } = 1_000_000;

    public int Rounds { get; private init; } = 7;

    public int Echoes { get; private init; } = 100;

    public TimeSpan Span { get; private init; } = TimeSpan.FromSeconds(3);

    public int Rate { get; private init; } = 1_000_000;

    /// <summary>How long each limit is warmed up, at the most.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromSeconds(20);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense.</exception>
    public static FloodOptions Parse(IEnumerable<string> arguments) =>
        CommandLine.Read(arguments, new FloodOptions(), static options => options.Quick(), With);

    private static FloodOptions With(FloodOptions options, string name, string value) => name switch
    {
        "--messages" => options with { Messages = CommandLine.Number(value) },
        "--rounds" => options with { Rounds = CommandLine.Number(value) },
        "--echoes" => options with { Echoes = CommandLine.Number(value) },
        "--seconds" => options with { Span = CommandLine.Seconds(value) },
        "--rate" => options with { Rate = CommandLine.Number(value) },
        _ => throw CommandLine.Unknown(name),
    };

    private FloodOptions Quick() => this with
    {
        Messages = 20_000,
        Rounds = 1,
        Span = TimeSpan.FromSeconds(0.3),
        Rate = 100_000,
        WarmUp = TimeSpan.FromSeconds(0.1),
    };
}
